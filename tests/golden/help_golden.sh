#!/bin/bash
# The help texts are what the stored files say. After a wanted change: tests/golden/help_golden.sh --write
set -uo pipefail

CHIMERA=${CHIMERA:-build/release/chimera}
here=$(cd "$(dirname "$0")" && pwd)/help
cases=('chimera' 'chimera-scan scan' 'chimera-facts facts' 'chimera-report report')

if [ "${1:-}" = --write ]; then
    for case in "${cases[@]}"; do
        read -r name command <<<"$case"
        # shellcheck disable=SC2086 # no command is no word
        "$CHIMERA" $command --help >"$here/$name.txt"
    done
    exit 0
fi

number=0 status=0
report() { # OK WHAT
    number=$((number + 1))
    [ "$1" = 0 ] && echo "ok $number - $2" && return
    echo "not ok $number - $2"
    status=1
}

echo "1..$((2 * ${#cases[@]}))"
for case in "${cases[@]}"; do
    read -r name command <<<"$case"
    # shellcheck disable=SC2086
    difference=$("$CHIMERA" $command --help 2>&1 | diff -u "$here/$name.txt" - 2>&1)
    report $? "$name --help"
    [ -z "$difference" ] || echo "# ${difference//$'\n'/$'\n'# }"
    # shellcheck disable=SC2086
    [ -z "$("$CHIMERA" help $command 2>&1 | diff "$here/$name.txt" -)" ]
    report $? "help $name is the same"
done
exit $status
