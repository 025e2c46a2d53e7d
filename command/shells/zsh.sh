#compdef PROGRAM
# zsh completion for PROGRAM

_complete_FUNCTION() {
	local line
	local -a found
	for line in "${(@f)$("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
		[[ -n $line ]] && found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
	done
	if (( $#found )); then
		_describe PROGRAM found
	else
		_files
	fi
}

compdef _complete_FUNCTION PROGRAM
