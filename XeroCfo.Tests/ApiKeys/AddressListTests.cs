using XeroCfo.Domain.ApiKeys;

namespace XeroCfo.Tests.ApiKeys;

public sealed class AddressListTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData(" 203.0.113.7/32 ", "203.0.113.7")]
    [InlineData("10.0.0.77/24", "10.0.0.0/24")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("2001:DB8::1/33", "2001:db8::/33")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    public void An_address_or_network_is_kept_in_one_way(string text, string kept) => Assert.Equal(kept, AddressList.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("fe80::1%eth0")]
    [InlineData("10.0.0.300")]
    public void Anything_else_is_refused(string text) => Assert.Null(AddressList.Read(text));

    [Theory]
    [InlineData("10.0.0.255", true)]
    [InlineData("10.0.1.0", false)]
    [InlineData("::ffff:10.0.0.9", true)]
    [InlineData("203.0.113.7", true)]
    [InlineData("203.0.113.8", false)]
    [InlineData("2001:db8:0:5::1", true)]
    [InlineData("2001:db9::1", false)]
    [InlineData("nonsense", false)]
    [InlineData(null, false)]
    public void A_key_comes_in_from_the_addresses_of_its_list_only(string? address, bool allowed) =>
        Assert.Equal(allowed, AddressList.Allows(["10.0.0.0/24", "203.0.113.7", "2001:db8::/32"], address));

    [Fact]
    public void Without_a_list_it_comes_in_from_anywhere() => Assert.True(AddressList.Allows(null, null));
}
