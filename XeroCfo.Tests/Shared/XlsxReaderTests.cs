using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using XlsxReader = XeroCfo.Web.Shared.Files.XlsxReader;

namespace XeroCfo.Tests.Shared;

/// <summary>Workbooks that somebody made to do harm.</summary>
public sealed class XlsxReaderTests
{
    [Fact]
    public void A_plain_one_is_read()
    {
        using var file = Book();

        Assert.Equal([["Sales", "12.5"]], XlsxReader.Read(file).Value);
    }

    [Theory]
    [InlineData("<!DOCTYPE worksheet [<!ENTITY sales \"Sales\">]>")]
    [InlineData("<!DOCTYPE worksheet SYSTEM \"file:///etc/hostname\">")]
    public void A_document_type_within_is_refused(string declaration)
    {
        using var file = Book(zip => Rewrite(zip, text => text.Insert(text.IndexOf("?>", StringComparison.Ordinal) + 2, declaration)));

        Assert.Equal("unreadable-file", XlsxReader.Read(file).Problem!.Code);
    }

    [Fact]
    public void A_part_that_unpacks_to_more_than_there_may_be_is_refused_before_it_is_unpacked()
    {
        using var file = Book(zip =>
        {
            using var stream = zip.CreateEntry("xl/media/image1.bin", CompressionLevel.SmallestSize).Open();
            var nothing = new byte[1_000_000];
            for (var i = 0; i < 25; i++)
            {
                stream.Write(nothing);
            }
        });

        Assert.True(file.Length < 100_000);
        Assert.Contains("too large", XlsxReader.Read(file).Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_parts_than_there_may_be_are_refused()
    {
        using var file = Book(zip =>
        {
            for (var i = 0; i < 1_001; i++)
            {
                using var stream = zip.CreateEntry($"xl/media/{i}.bin").Open();
            }
        });

        Assert.Contains("too large", XlsxReader.Read(file).Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_climbs_out_of_its_folder_writes_nothing_anywhere()
    {
        var folder = Directory.CreateTempSubdirectory("xerocfo-xlsx").FullName;
        using var file = Book(zip =>
        {
            using var stream = zip.CreateEntry("../../" + Path.GetFileName(folder) + "/planted.txt").Open();
            stream.WriteByte(1);
        });

        _ = XlsxReader.Read(file);

        Assert.Empty(Directory.GetFiles(folder));
        Directory.Delete(folder);
    }

    private static MemoryStream Book(Action<ZipArchive>? change = null)
    {
        var file = new MemoryStream();
        using (var book = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = book.AddWorkbookPart();
            var sheet = workbook.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new Worksheet(new SheetData(new Row(
                new Cell { CellReference = "A1", DataType = CellValues.InlineString, InlineString = new InlineString(new Text("Sales")) },
                new Cell { CellReference = "B1", CellValue = new CellValue(12.5m) })));
            workbook.Workbook = new Workbook(new Sheets(new Sheet { Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = "Sheet" }));
        }

        if (change is not null)
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true);
            change(zip);
        }

        file.Position = 0;
        return file;
    }

    private static void Rewrite(ZipArchive zip, Func<string, string> change)
    {
        var entry = zip.Entries.Single(one => one.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal));
        string text;
        using (var reader = new StreamReader(entry.Open()))
        {
            text = reader.ReadToEnd();
        }

        var name = entry.FullName;
        entry.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(change(text));
    }
}
