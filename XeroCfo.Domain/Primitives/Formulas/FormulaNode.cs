namespace XeroCfo.Domain.Primitives.Formulas;

/// <summary>A part of a formula and where it stands, counted from 1. Pure.</summary>
/// <typeparam name="TName">What names in it stand for: rows of a report, or accounts, tags and KPIs.</typeparam>
public abstract record FormulaNode<TName>(int At)
    where TName : notnull
{
    /// <summary>Every name in it, in the order of reading.</summary>
    public abstract IEnumerable<Name> Names { get; }

    /// <summary>Its number where all names have theirs; without one over nothing, or beyond all bounds.</summary>
    public abstract FormulaNumber Compute(Func<Name, FormulaNumber> number);

    public sealed record Number(int At, decimal Value) : FormulaNode<TName>(At)
    {
        public override IEnumerable<Name> Names => [];

        public override FormulaNumber Compute(Func<Name, FormulaNumber> number) => FormulaNumber.Of(Value);
    }

    public sealed record Name(int At, TName Of) : FormulaNode<TName>(At)
    {
        public override IEnumerable<Name> Names => [this];

        public override FormulaNumber Compute(Func<Name, FormulaNumber> number) => number(this);
    }

    public sealed record Minus(int At, FormulaNode<TName> Of) : FormulaNode<TName>(At)
    {
        public override IEnumerable<Name> Names => Of.Names;

        public override FormulaNumber Compute(Func<Name, FormulaNumber> number) => Of.Compute(number) is { Value: { } value } ? FormulaNumber.Of(-value) : Of.Compute(number);
    }

    /// <summary>Two parts with + − * or / between them.</summary>
    public sealed record Pair(int At, char Sign, FormulaNode<TName> Left, FormulaNode<TName> Right) : FormulaNode<TName>(At)
    {
        public override IEnumerable<Name> Names => Left.Names.Concat(Right.Names);

        public override FormulaNumber Compute(Func<Name, FormulaNumber> number)
        {
            var (left, right) = (Left.Compute(number), Right.Compute(number));
            return left.Value is not { } one ? left : right.Value is not { } other ? right : Together(one, other);
        }

        private FormulaNumber Together(decimal left, decimal right)
        {
            if (Sign == '/' && right == 0)
            {
                return FormulaNumber.None($"Division by zero at position {At}: what stands after / is 0");
            }

            try
            {
                return FormulaNumber.Of(Sign switch { '+' => left + right, '-' => left - right, '*' => left * right, _ => left / right });
            }
            catch (OverflowException)
            {
                return FormulaNumber.None($"At position {At} the number is too large");
            }
        }
    }
}
