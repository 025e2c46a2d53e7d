# fish completion for PROGRAM

function __complete_FUNCTION
    set -l found (PROGRAM __complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end

complete -c PROGRAM -f -a '(__complete_FUNCTION)'
