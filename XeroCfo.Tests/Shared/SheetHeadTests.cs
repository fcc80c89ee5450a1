using System.IO.Compression;
using System.Xml.Linq;
using XeroCfo.Web.Shared.Files;

namespace XeroCfo.Tests.Shared;

/// <summary>The words over a sheet's columns are wrapped, and have the height for it in whatever program opens it.</summary>
public sealed class SheetHeadTests
{
    [Theory]
    [InlineData("Change", null)]
    [InlineData("1 Oct – 31 Oct 2026", "30")]
    [InlineData("The part of it that stands on documents", "60")]
    [InlineData("Far more words over a column than anybody would ever want to read in one place, and more", "60")]
    public void A_head_is_as_high_as_its_words_need(string words, string? height)
    {
        using var file = new MemoryStream();
        XlsxWriter.Write(file, [new Sheet("Sheet", [30, 13], [[new Cell("", CellLook.Head), new Cell(words, CellLook.HeadRight)], [new Cell(words, CellLook.Plain), new Cell(words, CellLook.Plain)]], 1, 1)]);

        using var package = new ZipArchive(file);
        using var sheet = package.Entries.Single(entry => entry.FullName.EndsWith("sheet1.xml", StringComparison.Ordinal)).Open();
        var rows = XDocument.Load(sheet).Descendants().Where(element => element.Name.LocalName == "row").ToList();

        Assert.Equal([height, null], rows.Select(row => row.Attribute("ht")?.Value));
    }
}
