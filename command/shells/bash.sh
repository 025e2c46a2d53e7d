# bash completion for PROGRAM

_complete_FUNCTION() {
	local line
	COMPREPLY=()
	while IFS='' read -r line; do
		COMPREPLY+=("${line%%$'\t'*}")
	done < <("${COMP_WORDS[0]}" __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}

complete -o default -F _complete_FUNCTION PROGRAM
