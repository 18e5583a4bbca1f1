using System.Management.Automation.Language;

namespace Gangway.Bench.Lint;

/// <summary>Walks a script's whole tree and notes what a linter may ask for.</summary>
internal sealed class FactVisitor : AstVisitor2
{
    public List<CommandFact> Commands { get; } = [];
    public List<NewerFact> Newer { get; } = [];
    public List<MemberFact> Members { get; } = [];
    public List<TypeFact> Types { get; } = [];
    public List<VariableFact> Variables { get; } = [];
    public List<StringFact> Strings { get; } = [];
    public List<TextFact> Functions { get; } = [];

    public override AstVisitAction VisitCommand(CommandAst ast)
    {
        string? name = ast.GetCommandName();
        List<ParameterFact> parameters = Parameters(ast);
        string how = ast.InvocationOperator switch
        {
            TokenKind.Ampersand => "call",
            TokenKind.Dot => "dot",
            _ => "none",
        };
        Commands.Add(new CommandFact(Line(ast), name, how, parameters, ast.Extent.Text, Head(ast.CommandElements[0])));
        bool parallel = name?.ToUpperInvariant() is "FOREACH-OBJECT" or "FOREACH" or "%"
            && parameters.Exists(parameter => IsPrefix(parameter.Name, "Parallel"));
        if (parallel) Note(ast, "parallel");
        return AstVisitAction.Continue;
    }

    public override AstVisitAction VisitPipelineChain(PipelineChainAst statementChain) => Note(statementChain, "pipelineChain");

    public override AstVisitAction VisitTernaryExpression(TernaryExpressionAst ternaryExpressionAst) => Note(ternaryExpressionAst, "ternary");

    public override AstVisitAction VisitPipeline(PipelineAst pipelineAst) =>
        pipelineAst.Background ? Note(pipelineAst, "background") : AstVisitAction.Continue;

    public override AstVisitAction VisitBinaryExpression(BinaryExpressionAst binaryExpressionAst) =>
        binaryExpressionAst.Operator == TokenKind.QuestionQuestion ? Note(binaryExpressionAst, "nullCoalescing") : AstVisitAction.Continue;

    public override AstVisitAction VisitAssignmentStatement(AssignmentStatementAst assignmentStatementAst) =>
        assignmentStatementAst.Operator == TokenKind.QuestionQuestionEquals
            ? Note(assignmentStatementAst, "nullCoalescingAssignment")
            : AstVisitAction.Continue;

    public override AstVisitAction VisitMemberExpression(MemberExpressionAst memberExpressionAst) =>
        memberExpressionAst.NullConditional ? Note(memberExpressionAst, "nullConditionalMember") : AstVisitAction.Continue;

    public override AstVisitAction VisitIndexExpression(IndexExpressionAst indexExpressionAst) =>
        indexExpressionAst.NullConditional ? Note(indexExpressionAst, "nullConditionalIndex") : AstVisitAction.Continue;

    public override AstVisitAction VisitNamedBlock(NamedBlockAst namedBlockAst) =>
        namedBlockAst.BlockKind == TokenKind.Clean ? Note(namedBlockAst, "cleanBlock") : AstVisitAction.Continue;

    public override AstVisitAction VisitInvokeMemberExpression(InvokeMemberExpressionAst methodCallAst)
    {
        string member = methodCallAst.Member is StringConstantExpressionAst named ? named.Value : methodCallAst.Member.Extent.Text;
        string target = methodCallAst.Expression is TypeExpressionAst type ? type.TypeName.FullName : methodCallAst.Expression.Extent.Text;
        Members.Add(new MemberFact(Line(methodCallAst), methodCallAst.Static, target, member, methodCallAst.Extent.Text));
        if (methodCallAst.NullConditional) Note(methodCallAst, "nullConditionalMember");
        if (methodCallAst.GenericTypeArguments is { Count: > 0 }) Note(methodCallAst, "genericMethod");
        return AstVisitAction.Continue;
    }

    public override AstVisitAction VisitTypeExpression(TypeExpressionAst typeExpressionAst) => Type(typeExpressionAst, typeExpressionAst.TypeName);

    public override AstVisitAction VisitTypeConstraint(TypeConstraintAst typeConstraintAst) => Type(typeConstraintAst, typeConstraintAst.TypeName);

    public override AstVisitAction VisitAttribute(AttributeAst attributeAst) => Type(attributeAst, attributeAst.TypeName);

    public override AstVisitAction VisitVariableExpression(VariableExpressionAst variableExpressionAst)
    {
        string name = variableExpressionAst.VariablePath.UserPath;
        Ast written = variableExpressionAst;
        while (written.Parent is AttributedExpressionAst or ArrayLiteralAst) written = written.Parent;
        bool assigned = written.Parent is AssignmentStatementAst assignment && assignment.Left == written;
        Variables.Add(new VariableFact(Line(variableExpressionAst), variableExpressionAst.Splatted ? $"@{name}" : name, assigned));
        return AstVisitAction.Continue;
    }

    public override AstVisitAction VisitStringConstantExpression(StringConstantExpressionAst stringConstantExpressionAst) =>
        String(stringConstantExpressionAst, stringConstantExpressionAst.StringConstantType, false, stringConstantExpressionAst.Value);

    public override AstVisitAction VisitExpandableStringExpression(ExpandableStringExpressionAst expandableStringExpressionAst) =>
        String(expandableStringExpressionAst, expandableStringExpressionAst.StringConstantType, true, expandableStringExpressionAst.Value);

    public override AstVisitAction VisitFunctionDefinition(FunctionDefinitionAst functionDefinitionAst)
    {
        Functions.Add(new TextFact(Line(functionDefinitionAst), functionDefinitionAst.Name));
        return AstVisitAction.Continue;
    }

    private static List<ParameterFact> Parameters(CommandAst ast)
    {
        var parameters = new List<ParameterFact>();
        for (int i = 1; i < ast.CommandElements.Count; i++)
        {
            if (ast.CommandElements[i] is not CommandParameterAst parameter) continue;
            Ast? value = parameter.Argument;
            if (value is null && i + 1 < ast.CommandElements.Count && ast.CommandElements[i + 1] is not CommandParameterAst)
                value = ast.CommandElements[i + 1];
            parameters.Add(new ParameterFact(parameter.ParameterName, value?.Extent.Text));
        }
        return parameters;
    }

    private AstVisitAction Type(Ast ast, ITypeName name)
    {
        Types.Add(new TypeFact(Line(ast), name.FullName, Use(ast)));
        return AstVisitAction.Continue;
    }

    private static string Use(Ast ast) => ast switch
    {
        AttributeAst => "attribute",
        { Parent: ConvertExpressionAst } => "cast",
        { Parent: ParameterAst } => "parameter",
        { Parent: CatchClauseAst } => "catch",
        { Parent: MemberExpressionAst { Static: true } } => "static",
        { Parent: BinaryExpressionAst { Operator: TokenKind.Is or TokenKind.IsNot or TokenKind.As } } => "test",
        _ => "other",
    };

    private static string Head(Ast ast)
    {
        string name = ast.GetType().Name;
        return char.ToLowerInvariant(name[0]) + name[1..^"Ast".Length];
    }

    private AstVisitAction String(Ast ast, StringConstantType kind, bool expandable, string value)
    {
        string named = kind.ToString();
        Strings.Add(new StringFact(Line(ast), char.ToLowerInvariant(named[0]) + named[1..], expandable, value));
        return AstVisitAction.Continue;
    }

    private AstVisitAction Note(Ast ast, string kind)
    {
        Newer.Add(new NewerFact(Line(ast), kind, ast.Extent.Text));
        return AstVisitAction.Continue;
    }

    private static bool IsPrefix(string given, string name) => given.Length > 1 && name.StartsWith(given, StringComparison.OrdinalIgnoreCase);

    private static int Line(Ast ast) => ast.Extent.StartLineNumber;
}
