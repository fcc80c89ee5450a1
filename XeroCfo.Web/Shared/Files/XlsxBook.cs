using System.IO.Compression;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using Wire = DocumentFormat.OpenXml.Spreadsheet;

namespace XeroCfo.Web.Shared.Files;

/// <summary>
/// A workbook while it is written: each sheet goes straight into the compressed file, so that a book of a million rows needs no more memory than one
/// row. The target is only written to, never read or sought in. The same content gives the same bytes.
/// </summary>
public sealed class XlsxBook(Stream target) : IDisposable
{
    private const string Packaging = "http://schemas.openxmlformats.org/package/2006/";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string SheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /// <summary>Of every part: the first day that the format knows.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip = new(target, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
    private readonly List<Sheet> _sheets = [];

    /// <summary>The next sheet, without rows: they are written to what comes back, which is disposed of before the next sheet begins.</summary>
    public XlsxRows Begin(Sheet sheet)
    {
        _sheets.Add(sheet);
        return new XlsxRows(Open($"xl/worksheets/sheet{_sheets.Count}.xml"), sheet);
    }

    /// <summary>Ends the file.</summary>
    public void Dispose()
    {
        Put("xl/styles.xml", XlsxStyles.Make());
        Put("xl/workbook.xml", Book());
        Put("xl/_rels/workbook.xml.rels", Relations([.. _sheets.Select((_, index) => ("worksheet", $"worksheets/sheet{index + 1}.xml")), ("styles", "styles.xml")]));
        Put("_rels/.rels", Relations([("officeDocument", "xl/workbook.xml")]));
        Put("[Content_Types].xml", Types());
        _zip.Dispose();
    }

    private Workbook Book()
    {
        var (list, titles) = (new Sheets(), new DefinedNames());
        foreach (var (sheet, index) in _sheets.Select((sheet, index) => (sheet, (uint)index)))
        {
            list.Append(new Wire.Sheet { Name = sheet.Name, SheetId = index + 1, Id = $"rId{index + 1}" });
            titles.Append(new DefinedName($"'{sheet.Name}'!$1:${sheet.FrozenRows}") { Name = "_xlnm.Print_Titles", LocalSheetId = index });
        }

        return new Workbook(list, titles, new CalculationProperties { FullCalculationOnLoad = true });
    }

    private static Action<XmlWriter> Relations((string Type, string Target)[] parts) => xml =>
    {
        xml.WriteStartElement("Relationships", Packaging + "relationships");
        foreach (var ((type, place), index) in parts.Select((part, index) => (part, index)))
        {
            xml.WriteStartElement("Relationship", Packaging + "relationships");
            xml.WriteAttributeString("Id", $"rId{index + 1}");
            xml.WriteAttributeString("Type", $"{Office}/{type}");
            xml.WriteAttributeString("Target", place);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    };

    private Action<XmlWriter> Types() => xml =>
    {
        xml.WriteStartElement("Types", Packaging + "content-types");
        Part("Default", "Extension", "rels", "application/vnd.openxmlformats-package.relationships+xml");
        Part("Default", "Extension", "xml", "application/xml");
        Part("Override", "PartName", "/xl/workbook.xml", SheetType + "sheet.main+xml");
        Part("Override", "PartName", "/xl/styles.xml", SheetType + "styles+xml");
        for (var number = 1; number <= _sheets.Count; number++)
        {
            Part("Override", "PartName", $"/xl/worksheets/sheet{number}.xml", SheetType + "worksheet+xml");
        }

        xml.WriteEndElement();

        void Part(string element, string attribute, string value, string type)
        {
            xml.WriteStartElement(element, Packaging + "content-types");
            xml.WriteAttributeString(attribute, value);
            xml.WriteAttributeString("ContentType", type);
            xml.WriteEndElement();
        }
    };

    private void Put(string name, OpenXmlElement part) => Put(name, part.WriteTo);

    private void Put(string name, Action<XmlWriter> write)
    {
        using var xml = Open(name);
        write(xml);
    }

    private XmlWriter Open(string name)
    {
        var entry = _zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = NoTime;
        return XmlWriter.Create(entry.Open(), new XmlWriterSettings { Encoding = new UTF8Encoding(false), CloseOutput = true, CheckCharacters = false });
    }
}
