using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Serge.Bot.CodeQuality.Mutants;

namespace Serge.Bot.CodeQuality;

/// <summary>Compiles a project in memory with the arguments that MSBuild gives the compiler, with one file
/// changed.</summary>
internal sealed class ProjectCompiler
{
    private readonly CSharpCompilation _compilation;
    private readonly CSharpParseOptions _parseOptions;
    private readonly List<ResourceDescription> _resources;
    private readonly Dictionary<string, SyntaxTree> _treesByFile;

    private ProjectCompiler(CSharpCompilation compilation, CSharpCommandLineArguments arguments)
    {
        _compilation = compilation;
        _parseOptions = arguments.ParseOptions;
        _resources = [.. arguments.ManifestResources];
        _treesByFile = compilation
            .SyntaxTrees.Where(tree => tree.FilePath.Length > 0)
            .ToDictionary(tree => tree.FilePath);
    }

    /// <summary>The files of the project, without those that are generated.</summary>
    public IReadOnlyList<SyntaxTree> Trees =>
        [
            .. _treesByFile.Values.Where(tree =>
                !tree.FilePath.Contains("/artifacts/", StringComparison.Ordinal) && Path.IsPathRooted(tree.FilePath)
            ),
        ];

    /// <summary>The unchanged project, generated files included.</summary>
    public CSharpCompilation Compilation => _compilation;

    /// <summary>Reads the compiler arguments from MSBuild, parses the files and runs the source generators
    /// once.</summary>
    /// <exception cref="InvalidOperationException">MSBuild failed, or the unchanged project does not
    /// compile.</exception>
    public static async Task<ProjectCompiler> OpenAsync(string projectFolder, CancellationToken cancellationToken)
    {
        var lines = await GetCompilerArgumentsAsync(projectFolder, cancellationToken);
        var arguments = CSharpCommandLineParser.Default.Parse(lines, projectFolder, sdkDirectory: null);
        var options = arguments.ParseOptions;
        var trees = arguments.SourceFiles.Select(file => Parse(file.Path, File.ReadAllText(file.Path), options));
        var references = arguments.MetadataReferences.Select(reference =>
            (MetadataReference)MetadataReference.CreateFromFile(reference.Reference, reference.Properties)
        );
        var compilation = CSharpCompilation.Create(
            arguments.CompilationName,
            trees,
            references,
            arguments.CompilationOptions
        );
        AssemblyLoader loader = new();
        foreach (var reference in arguments.AnalyzerReferences)
        {
            loader.AddDependencyLocation(reference.FilePath);
        }

        var generators = arguments
            .AnalyzerReferences.Select(reference => new AnalyzerFileReference(reference.FilePath, loader))
            .SelectMany(reference => reference.GetGenerators(LanguageNames.CSharp));
        var additionalTexts = arguments.AdditionalFiles.Select(file => new AdditionalFile(file.Path));
        var configs = arguments.AnalyzerConfigPaths.Select(path => AnalyzerConfig.Parse(File.ReadAllText(path), path));
        ConfigProvider configProvider = new(AnalyzerConfigSet.Create(configs.ToList()));
        var driver = CSharpGeneratorDriver.Create(generators, additionalTexts, options, configProvider);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out var complete, out _, cancellationToken);
        ProjectCompiler compiler = new((CSharpCompilation)complete, arguments);
        compiler.Check();
        return compiler;
    }

    /// <summary>The file name of the assembly, which may differ from the project's.</summary>
    public string AssemblyFile => $"{_compilation.AssemblyName}.dll";

    /// <summary>Compiles the unchanged project.</summary>
    public byte[] Compile()
    {
        using MemoryStream assembly = new();
        _compilation.Emit(assembly, manifestResources: _resources);
        return assembly.ToArray();
    }

    /// <summary>Compiles the project with one change.</summary>
    /// <returns>The assembly; <see langword="null"/> when the change does not compile.</returns>
    public byte[]? Compile(Mutant mutant)
    {
        var tree = _treesByFile[mutant.File];
        var changed = tree.GetText().Replace(mutant.Span, mutant.Replacement);
        var mutated = _compilation.ReplaceSyntaxTree(tree, Parse(mutant.File, changed.ToString(), _parseOptions));
        using MemoryStream assembly = new();
        return mutated.Emit(assembly, manifestResources: _resources).Success ? assembly.ToArray() : null;
    }

    private void Check()
    {
        using MemoryStream assembly = new();
        var result = _compilation.Emit(assembly, manifestResources: _resources);
        if (!result.Success)
        {
            var errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            throw new InvalidOperationException($"The project does not compile:\n{string.Join('\n', errors.Take(10))}");
        }
    }

    private static SyntaxTree Parse(string path, string text, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8), options, path);

    private static async Task<string[]> GetCompilerArgumentsAsync(
        string projectFolder,
        CancellationToken cancellationToken
    )
    {
        ProcessStartInfo start = new("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "msbuild",
                projectFolder,
                // The resources are compiled by a different target than the code.
                "-t:PrepareResources;Compile",
                "-p:ProvideCommandLineArgs=true",
                "-p:SkipCompilerExecution=true",
                // If no output is missing, the target is up to date and returns no arguments.
                "-p:NonExistentFile=/nonexistent",
                "-getItem:CscCommandLineArgs",
            },
        };
        using var build = Process.Start(start)!;
        var json = await build.StandardOutput.ReadToEndAsync(cancellationToken);
        await build.WaitForExitAsync(cancellationToken);
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException($"MSBuild failed for {projectFolder}: {json}");
        }

        using var document = JsonDocument.Parse(json);
        var items = document.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs");
        return [.. items.EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
    }

    /// <summary>A file that a generator reads, such as a Razor page.</summary>
    private sealed class AdditionalFile(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) =>
            SourceText.From(File.ReadAllText(path), System.Text.Encoding.UTF8);
    }

    /// <summary>The properties of the project and the metadata of its files, which generators read.</summary>
    private sealed class ConfigProvider(AnalyzerConfigSet configs) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => new ConfigOptions(configs.GlobalConfigOptions);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GetOptions(tree.FilePath);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GetOptions(textFile.Path);

        private ConfigOptions GetOptions(string path) => new(configs.GetOptionsForSourcePath(path));
    }

    private sealed class ConfigOptions(AnalyzerConfigOptionsResult result) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) =>
            result.AnalyzerOptions.TryGetValue(key, out value);
    }

    /// <summary>Loads the generators of one project: projects use different versions of a generator.</summary>
    private sealed class AssemblyLoader : IAnalyzerAssemblyLoader
    {
        private readonly AssemblyLoadContext _context = new("generators");
        private readonly Dictionary<string, string> _dependencies = new(StringComparer.OrdinalIgnoreCase);

        public AssemblyLoader() => _context.Resolving += LoadDependency;

        public void AddDependencyLocation(string fullPath) =>
            _dependencies[Path.GetFileNameWithoutExtension(fullPath)] = fullPath;

        public Assembly LoadFromPath(string fullPath) => _context.LoadFromAssemblyPath(fullPath);

        private Assembly? LoadDependency(AssemblyLoadContext context, AssemblyName name)
        {
            if (name.Name is { } file && _dependencies.TryGetValue(file, out var path))
            {
                return context.LoadFromAssemblyPath(path);
            }

            return null;
        }
    }
}
