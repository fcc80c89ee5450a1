using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace XeroCfo.Data.Saving;

/// <summary>
/// Divide, multiply, average, round and cast of money are silently wrong in SQL where it is stored as whole ten-thousandths.
/// A query that asks for one is a bug and throws when it is first compiled.
/// </summary>
internal sealed class MoneyGuard : IQueryExpressionInterceptor
{
    /// <summary>The one instance: EF builds its services anew for each other one.</summary>
    public static readonly MoneyGuard Instance = new();

    private MoneyGuard()
    {
    }

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        new Visitor().Visit(queryExpression);
        return queryExpression;
    }

    private sealed class Visitor : ExpressionVisitor
    {
        protected override Expression VisitBinary(BinaryExpression node)
        {
            if (node.NodeType is ExpressionType.Divide or ExpressionType.Multiply or ExpressionType.Modulo && IsMoney(node.Type))
            {
                throw Refusal(node.NodeType.ToString());
            }

            return base.VisitBinary(node);
        }

        protected override Expression VisitUnary(UnaryExpression node)
        {
            if (node.NodeType is ExpressionType.Convert or ExpressionType.ConvertChecked && IsMoney(node.Operand.Type) != IsMoney(node.Type)
                && node.Type != typeof(object) && node.Operand.Type != typeof(object))
            {
                throw Refusal("cast");
            }

            return base.VisitUnary(node);
        }

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            var forbidden = node.Method.Name.StartsWith("Average", StringComparison.Ordinal) && IsMoney(node.Type)
                || (node.Method.DeclaringType == typeof(Math) && node.Method.Name is "Round" or "Floor" or "Ceiling" && IsMoney(node.Type))
                || node.Method.DeclaringType == typeof(decimal);
            return forbidden ? throw Refusal(node.Method.Name) : base.VisitMethodCall(node);
        }

        private static bool IsMoney(Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(decimal);

        private static InvalidOperationException Refusal(string operation) =>
            new($"{operation} of money in SQL is wrong on SQLite: do it in C#.");
    }
}
