using System.CommandLine;

namespace Serge.Bot.Cli;

/// <summary><c>serge completion SHELL</c>: prints a script by which a shell completes commands, options, and the ids of
/// quotations and events. The script asks <c>serge</c> for the completions at each Tab.</summary>
internal static class CompletionCommand
{
    /// <summary>COMP_LINE and COMP_POINT are the line and the position of the cursor (bash manual, Programmable
    /// Completion). The directive <c>[suggest:N]</c> is System.CommandLine's.</summary>
    private const string Bash = """
        # Completion of serge for bash. Add to ~/.bashrc: source <(serge completion bash)
        _serge() {
            local suggestions
            suggestions="$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)"
            mapfile -t COMPREPLY < <(compgen -W "${suggestions}" -- "${COMP_WORDS[COMP_CWORD]}")
        }
        complete -o default -F _serge serge
        """;

    /// <summary>BUFFER and CURSOR are the line and the position of the cursor (zsh manual, zle).</summary>
    private const string Zsh = """
        #compdef serge
        # Completion of serge for zsh. Add to ~/.zshrc, after compinit: source <(serge completion zsh)
        _serge() {
            local -a suggestions
            suggestions=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -a suggestions
        }
        compdef _serge serge
        """;

    private const string Fish = """
        # Completion of serge for fish. Add to ~/.config/fish/config.fish: serge completion fish | source
        function __serge_complete
            set --local line (commandline --current-process --cut-at-cursor)
            serge "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete --command serge --no-files --arguments '(__serge_complete)'
        """;

    public static Command Create(CommandContext context)
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Command command = new("completion", "Print a script that completes commands and ids in bash, zsh or fish.")
        {
            shell,
        };
        command.SetAction(result =>
        {
            var script = GetScript(result.GetValue(shell)!);
            context.Output.WriteLine(script);
        });
        return command;
    }

    private static string GetScript(string shell) =>
        shell switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        };
}
