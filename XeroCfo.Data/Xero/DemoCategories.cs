using XeroCfo.Data.Xero.Demo;
using XeroCfo.Domain.Rules;

namespace XeroCfo.Data.Xero;

/// <summary>The demo's categories: every account but suspense belongs to one, so that only what waits for a person has none.</summary>
internal static class DemoCategories
{
    private static readonly (string Name, string[] Accounts)[] All =
    [
        ("Sales", ["200", "205", "210", "215", "220"]),
        ("Other income", ["260", "270"]),
        ("Coffee and packaging", ["300", "305", "310", "320", "330", "630"]),
        ("Marketing", ["400"]),
        ("Bank and card fees", ["404"]),
        ("Premises", ["408", "445", "469"]),
        ("Advice", ["412", "441"]),
        ("Entertainment", ["420"]),
        ("Courier", ["425"]),
        ("General", ["418", "429"]),
        ("Insurance", ["433"]),
        ("Vehicles", ["449", "452"]),
        ("Office", ["453"]),
        ("Software", ["463"]),
        ("Repairs", ["473"]),
        ("Phone and internet", ["489"]),
        ("Travel", ["493", "494"]),
        ("People", ["477", "478", "479", "801", "803", "825"]),
        ("Tax", ["505", "820", "830"]),
        ("Loan", ["437", "900"]),
        ("Equipment", ["416", "615", "710", "711", "730", "731", "740", "741"]),
        ("Owners", ["840", "960", "970", "980"]),
        ("Balances", ["497", "498", "499", "610", "620", "800", "860", "877"]),
    ];

    public static void Add(XeroCfoDb db, Guid tenant)
    {
        for (var i = 0; i < All.Length; i++)
        {
            var (name, accounts) = All[i];
            var category = new Category { TenantId = tenant, Name = name, NormalizedName = Category.Normalize(name), Colour = CategoryColours.Of(i) };
            db.Categories.Add(category);
            db.CategoryAccounts.AddRange(accounts.Select(key => new CategoryAccount
            {
                TenantId = tenant,
                AccountId = FakeBooks.AccountIdOf(DemoInstallation.Seed, key),
                CategoryId = category.Id,
            }));
        }
    }
}
