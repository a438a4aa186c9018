using System.Diagnostics; using System.Reflection; using System.Runtime.Loader; using System.Text; using System.Text.Json;
using Microsoft.CodeAnalysis; using Microsoft.CodeAnalysis.CSharp; using Microsoft.CodeAnalysis.CSharp.Syntax; using Microsoft.CodeAnalysis.Diagnostics; using Microsoft.CodeAnalysis.Text;
// usage: refactor ROOT MAP  |  refactor ROOT --symbols PROJECT (lists declared symbols)
var root = Path.GetFullPath(args[0]);
var map = new Dictionary<string, string>();
if (args[1] != "--symbols") foreach (var line in File.ReadAllLines(args[1])) { var p = line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries); if (p.Length == 2) map[p[0]] = p[1]; }
var names = map.Keys.Select(k => k[(k.LastIndexOfAny(['.', ':']) + 1)..].Split('`')[0]).ToHashSet();
var used = new HashSet<string>();
var projects = Directory.GetFiles(root, "*.csproj", SearchOption.AllDirectories).Where(p => !p.Contains("/artifacts/")).ToList();
if (args.Length > 2) projects = projects.Where(p => args.Skip(2).Any(a => p.EndsWith("/" + a + ".csproj"))).ToList();
foreach (var project in projects)
{
    var comp = Load(Path.GetDirectoryName(project)!);
    if (comp is null) continue;
    var errors = comp.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Take(3).ToList();
    if (errors.Count > 0) Console.WriteLine($"{Path.GetFileName(project)}: {string.Join("\n  ", errors)}");
    foreach (var tree in comp.SyntaxTrees.Where(t => t.FilePath.StartsWith(root) && !t.FilePath.Contains("/artifacts/")))
    {
        var model = comp.GetSemanticModel(tree);
        if (args[1] == "--symbols") {
            foreach (var node in tree.GetRoot().DescendantNodes()) {
                if (node is MemberDeclarationSyntax or ParameterSyntax && model.GetDeclaredSymbol(node) is { } s && s.GetDocumentationCommentId() is { } id) Console.WriteLine(id);
            }
            continue;
        }
        var changes = new List<TextChange>();
        foreach (var token in tree.GetRoot().DescendantTokens(descendIntoTrivia: true).Where(t => t.IsKind(SyntaxKind.IdentifierToken) && names.Contains(t.ValueText)))
        {
            if (Find(model, token) is { } to && to != token.ValueText) changes.Add(new TextChange(token.Span, to));
        }
        if (changes.Count > 0) { var text = tree.GetText().WithChanges(changes.DistinctBy(c => c.Span)); File.WriteAllText(tree.FilePath, text.ToString()); Console.WriteLine($"{changes.Count,4} {Path.GetRelativePath(root, tree.FilePath)}"); }
    }
}
foreach (var k in map.Keys.Where(k => !used.Contains(k))) if (args[1] != "--symbols") Console.WriteLine($"UNUSED {k}");
string? Find(SemanticModel model, SyntaxToken token)
{
    var node = token.Parent!;
    ISymbol? symbol = null;
    try { symbol = model.GetDeclaredSymbol(node); } catch { }
    if (symbol is null || symbol.Name != token.ValueText && symbol is not IMethodSymbol { MethodKind: MethodKind.Constructor })
    {
        SyntaxNode n = node;
        var info = model.GetSymbolInfo(n);
        symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        if (symbol is null && n is SimpleNameSyntax && n.Parent is QualifiedCrefSyntax or NameMemberCrefSyntax) { info = model.GetSymbolInfo(n.Parent); symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault(); }
    }
    if (symbol is null) return null;
    return Lookup(symbol);
}
string? Lookup(ISymbol symbol)
{
    if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor }) symbol = symbol.ContainingType;
    if (symbol is IMethodSymbol { ReducedFrom: { } reduced }) symbol = reduced;
    symbol = symbol.OriginalDefinition;
    foreach (var id in Ids(symbol)) if (map.TryGetValue(id, out var to)) { used.Add(id); return to; }
    return null;
}
IEnumerable<string> Ids(ISymbol symbol)
{
    if (symbol is IParameterSymbol p)
    {
        if (p.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } c && c.ContainingType.IsRecord) yield return $"P:{c.ContainingType.GetDocumentationCommentId()![2..]}.{p.Name}";
        yield break;
    }
    if (symbol is not (INamedTypeSymbol or IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol)) yield break;
    foreach (var one in new[] { symbol }.Concat(Bases(symbol)))
    {
        var id = one.OriginalDefinition.GetDocumentationCommentId();
        if (id is null) continue;
        yield return id;
        var cut = id.IndexOf('('); if (cut > 0) id = id[..cut];
        yield return id;
        cut = id.IndexOf("``"); if (cut > 0) yield return id[..cut];
    }
}
IEnumerable<ISymbol> Bases(ISymbol symbol)
{
    if (symbol is IMethodSymbol m) for (var o = m.OverriddenMethod; o is not null; o = o.OverriddenMethod) yield return o;
    if (symbol is IPropertySymbol q) for (var o = q.OverriddenProperty; o is not null; o = o.OverriddenProperty) yield return o;
    if (symbol is IMethodSymbol or IPropertySymbol && symbol.ContainingType is { } type)
        foreach (var i in type.AllInterfaces.Where(i => i.ContainingNamespace.ToDisplayString().StartsWith("Serge")))
            foreach (var member in i.GetMembers(symbol.Name))
                if (SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), symbol)) yield return member;
}
CSharpCompilation? Load(string folder)
{
    var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = root };
    foreach (var a in new[] { "msbuild", folder, "-t:Compile", "-p:ProvideCommandLineArgs=true", "-p:SkipCompilerExecution=true", "-p:NonExistentFile=/nonexistent", "-p:BuildProjectReferences=false", "-getItem:CscCommandLineArgs" }) start.ArgumentList.Add(a);
    using var build = Process.Start(start)!; var json = build.StandardOutput.ReadToEnd(); build.WaitForExit();
    string[] lines; try { lines = [.. JsonDocument.Parse(json).RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(i => i.GetProperty("Identity").GetString()!)]; } catch { Console.WriteLine($"no args for {folder}: {json[..Math.Min(300, json.Length)]}"); return null; }
    if (lines.Length == 0) { Console.WriteLine($"no args {folder}"); return null; }
    var a2 = CSharpCommandLineParser.Default.Parse(lines, folder, null);
    var opt = a2.ParseOptions.WithDocumentationMode(DocumentationMode.Diagnose);
    var trees = a2.SourceFiles.Where(f => File.Exists(f.Path)).Select(f => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(f.Path), Encoding.UTF8), opt, Path.GetFullPath(f.Path)));
    var refs = a2.MetadataReferences.Where(r => File.Exists(r.Reference)).Select(r => (MetadataReference)MetadataReference.CreateFromFile(r.Reference, r.Properties));
    var c = CSharpCompilation.Create(a2.CompilationName, trees, refs, a2.CompilationOptions);
    var ctx = new AssemblyLoadContext(folder); var loader = new Loader(ctx);
    var gens = a2.AnalyzerReferences.Where(r => r.FilePath.Contains("Generat")).Select(r => new AnalyzerFileReference(r.FilePath, loader)).SelectMany(r => r.GetGenerators(LanguageNames.CSharp));
    CSharpGeneratorDriver.Create(gens, parseOptions: opt).RunGeneratorsAndUpdateCompilation(c, out var done, out _);
    return (CSharpCompilation)done;
}
sealed class Loader(AssemblyLoadContext c) : IAnalyzerAssemblyLoader { public void AddDependencyLocation(string p) { } public Assembly LoadFromPath(string p) => c.LoadFromAssemblyPath(p); }
