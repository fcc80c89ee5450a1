using XeroCfo.Web.Account;

namespace XeroCfo.Tests.SignIn;

public sealed class SetupCodeTests
{
    [Fact]
    public void The_code_fits_in_any_writing_until_it_is_an_hour_old()
    {
        var clock = new Hand();
        var code = new SetupCode(clock);
        code.Open();
        var text = code.Text!;

        Assert.True(code.Fits(text));
        Assert.True(code.Fits(text.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant()));
        Assert.False(code.Fits(""));
        Assert.False(code.Fits(text[..^1]));

        clock.Now += SetupCode.Validity;

        Assert.True(code.IsExpired);
        Assert.False(code.Fits(text));
    }

    [Fact]
    public void It_cannot_be_guessed_for_ever()
    {
        var code = new SetupCode(new Hand());
        code.Open();

        for (var i = 0; i < 200; i++)
        {
            Assert.False(code.Fits($"guess {i}"));
        }

        Assert.False(code.Fits(code.Text!));
    }

    [Fact]
    public void Each_opening_makes_another_and_closing_ends_it()
    {
        var code = new SetupCode(new Hand());
        code.Open();
        var first = code.Text;
        code.Open();

        Assert.NotEqual(first, code.Text);

        code.Close();

        Assert.False(code.IsOpen);
        Assert.False(code.Fits(first!));
    }

    private sealed class Hand : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
