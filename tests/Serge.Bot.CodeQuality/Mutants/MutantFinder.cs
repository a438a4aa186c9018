using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Serge.Bot.CodeQuality.Mutants;

/// <summary>Finds every change that can be made in a file.</summary>
/// <remarks>Attributes, texts, argument checks (<c>ThrowIfNull</c>) and <c>Dispose</c> calls are not changed, because a
/// unit test has no reason to observe them.</remarks>
internal sealed class MutantFinder : CSharpSyntaxWalker
{
    private static readonly Dictionary<SyntaxKind, string> Operators = new()
    {
        [SyntaxKind.LessThanToken] = "<=",
        [SyntaxKind.LessThanEqualsToken] = "<",
        [SyntaxKind.GreaterThanToken] = ">=",
        [SyntaxKind.GreaterThanEqualsToken] = ">",
        [SyntaxKind.EqualsEqualsToken] = "!=",
        [SyntaxKind.ExclamationEqualsToken] = "==",
        [SyntaxKind.AmpersandAmpersandToken] = "||",
        [SyntaxKind.BarBarToken] = "&&",
        [SyntaxKind.PlusToken] = "-",
        [SyntaxKind.MinusToken] = "+",
        [SyntaxKind.AsteriskToken] = "/",
        [SyntaxKind.SlashToken] = "*",
        [SyntaxKind.PercentToken] = "*",
        [SyntaxKind.PlusEqualsToken] = "-=",
        [SyntaxKind.MinusEqualsToken] = "+=",
        [SyntaxKind.PlusPlusToken] = "--",
        [SyntaxKind.MinusMinusToken] = "++",
        [SyntaxKind.OrKeyword] = "and",
        [SyntaxKind.AndKeyword] = "or",
    };

    private static readonly Dictionary<string, string> Methods = Both(
        ("First", "Last"),
        ("FirstOrDefault", "LastOrDefault"),
        ("Any", "All"),
        ("OrderBy", "OrderByDescending"),
        ("ThenBy", "ThenByDescending"),
        ("Order", "OrderDescending"),
        ("Min", "Max"),
        ("MinBy", "MaxBy"),
        ("Take", "Skip"),
        ("TakeWhile", "SkipWhile"),
        ("Append", "Prepend"),
        ("StartsWith", "EndsWith"),
        ("TrimStart", "TrimEnd"),
        ("IndexOf", "LastIndexOf"),
        ("ToLowerInvariant", "ToUpperInvariant"),
        ("Floor", "Ceiling")
    );

    /// <summary>Methods whose call can be replaced by the receiver: the call is removed.</summary>
    private static readonly HashSet<string> Removable =
    [
        "Distinct",
        "DistinctBy",
        "Where",
        "Reverse",
        "Trim",
        "Order",
        "OrderBy",
        "Take",
        "Skip",
        "Concat",
        "Append",
        "Prepend",
        "Replace",
        "ToLowerInvariant",
        "Normalize",
    ];

    private readonly SourceText _text;
    private readonly string _file;
    private readonly List<Mutant> _found = [];

    private MutantFinder(SyntaxTree tree)
    {
        _text = tree.GetText();
        _file = tree.FilePath;
    }

    public static IReadOnlyList<Mutant> Find(SyntaxTree tree)
    {
        MutantFinder finder = new(tree);
        finder.Visit(tree.GetRoot());
        return finder._found;
    }

    public override void VisitAttributeList(AttributeListSyntax node) { }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        base.VisitBinaryExpression(node);
        AddOperator(node.OperatorToken);
        if (node.IsKind(SyntaxKind.CoalesceExpression))
        {
            Add(node.Span, node.Right.ToString());
        }
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        base.VisitAssignmentExpression(node);
        AddOperator(node.OperatorToken);
    }

    public override void VisitBinaryPattern(BinaryPatternSyntax node)
    {
        base.VisitBinaryPattern(node);
        AddOperator(node.OperatorToken);
    }

    public override void VisitRelationalPattern(RelationalPatternSyntax node)
    {
        base.VisitRelationalPattern(node);
        AddOperator(node.OperatorToken);
    }

    public override void VisitIsPatternExpression(IsPatternExpressionSyntax node)
    {
        base.VisitIsPatternExpression(node);
        Add(
            node.Pattern.Span,
            node.Pattern is UnaryPatternSyntax not ? not.Pattern.ToString() : $"not ({node.Pattern})"
        );
    }

    public override void VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        base.VisitPrefixUnaryExpression(node);
        if (node.IsKind(SyntaxKind.LogicalNotExpression))
        {
            Add(node.Span, node.Operand.ToString());
        }
        else
        {
            AddOperator(node.OperatorToken);
        }
    }

    public override void VisitPostfixUnaryExpression(PostfixUnaryExpressionSyntax node)
    {
        base.VisitPostfixUnaryExpression(node);
        AddOperator(node.OperatorToken);
    }

    public override void VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.TrueLiteralExpression))
        {
            Add(node.Span, "false");
        }
        else if (node.IsKind(SyntaxKind.FalseLiteralExpression))
        {
            Add(node.Span, "true");
        }
        else if (node.IsKind(SyntaxKind.NumericLiteralExpression))
        {
            Add(node.Span, $"({node} + 1)");
        }
    }

    public override void VisitIfStatement(IfStatementSyntax node)
    {
        base.VisitIfStatement(node);
        Negate(node.Condition);
    }

    public override void VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        base.VisitConditionalExpression(node);
        Negate(node.Condition);
    }

    public override void VisitWhenClause(WhenClauseSyntax node)
    {
        base.VisitWhenClause(node);
        Negate(node.Condition);
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        base.VisitInvocationExpression(node);
        if (node.Expression is MemberAccessExpressionSyntax member)
        {
            var name = member.Name.Identifier;
            if (Methods.TryGetValue(name.Text, out var other))
            {
                Add(name.Span, other);
            }

            if (Removable.Contains(name.Text))
            {
                Add(node.Span, member.Expression.ToString());
            }
        }
    }

    public override void VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        var text = node.ToString();
        if (text.Contains("Throw", StringComparison.Ordinal) || text.Contains("Dispose", StringComparison.Ordinal))
        {
            return;
        }

        base.VisitExpressionStatement(node);
        Add(node.Span, ";");
    }

    private static Dictionary<string, string> Both(params (string One, string Other)[] pairs)
    {
        Dictionary<string, string> both = new(StringComparer.Ordinal);
        foreach (var (one, other) in pairs)
        {
            both.Add(one, other);
            both.Add(other, one);
        }

        return both;
    }

    private void Negate(ExpressionSyntax condition)
    {
        // A negated comparison or pattern is a mutant already.
        if (
            condition
            is InvocationExpressionSyntax
                or IdentifierNameSyntax
                or MemberAccessExpressionSyntax
                or AwaitExpressionSyntax
        )
        {
            Add(condition.Span, $"!({condition})");
        }
    }

    private void AddOperator(SyntaxToken token)
    {
        if (Operators.TryGetValue(token.Kind(), out var other))
        {
            Add(token.Span, other);
        }
    }

    private void Add(TextSpan span, string replacement)
    {
        var line = _text.Lines.GetLinePosition(span.Start).Line + 1;
        _found.Add(new Mutant(_file, span, line, _text.ToString(span), replacement));
    }
}
