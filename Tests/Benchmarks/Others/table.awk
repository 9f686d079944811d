# Puts the figures side by side (Markdown), with how much longer each tool takes than Recurrence, and says whether what
# is required is reached. A star is where a tool finds other moments than Recurrence.
BEGIN {
    tools = split("Foundation dateutil cronsim croniter libical", tool, " ")
    required["Foundation"] = 200; required["dateutil"] = 20; required["cronsim"] = 50
    required["croniter"] = 50; required["libical"] = 1
}
$1 == "Recurrence" && !(($2, $3) in own) { order[++orders] = $2 SUBSEP $3 }
$1 == "Recurrence" { own[$2, $3] = $4; sum[$2, $3] = $5; next }
{
    figure[$1, $2, $3] = $4; found[$1, $2, $3] = $5; measured[$1] = 1
    ratio = $4 / own[$2, $3]
    if (!($1 in least) || ratio < least[$1]) { least[$1] = ratio; of[$1] = $3 }
}
function cell(name, kind, case,    text) {
    if (!((name, kind, case) in figure)) return "-"
    text = sprintf("%.0f (%.0fx)", figure[name, kind, case], figure[name, kind, case] / own[kind, case])
    return text (found[name, kind, case] == sum[kind, case] ? "" : "*")
}
function comparison(kind, title,    line, rule, number, column, parts) {
    line = "| " title ", ns an occurrence | Recurrence |"; rule = "| --- | ---: |"
    for (column = 1; column <= tools; column++) {
        if (kind == "moved") continue
        line = line " " tool[column] " |"; rule = rule " ---: |"
    }
    print line "\n" rule
    for (number = 1; number <= orders; number++) {
        split(order[number], parts, SUBSEP)
        if (parts[1] != kind) continue
        line = sprintf("| %s | %.1f |", parts[2], own[kind, parts[2]])
        for (column = 1; column <= tools && kind != "moved"; column++) line = line " " cell(tool[column], kind, parts[2]) " |"
        print line
    }
    print ""
}
function verdict(name, reached, wanted, isReached) {
    printf "| %s | %s | %s | %s |\n", name, wanted, reached, isReached ? "yes" : "NO"
    if (!isReached) missed = 1
}
function largest(kind,    number, parts, most) {
    most = 0
    for (number = 1; number <= orders; number++) {
        split(order[number], parts, SUBSEP)
        if (parts[1] == kind && own[kind, parts[2]] + 0 > most) most = own[kind, parts[2]] + 0
    }
    return most
}
END {
    comparison("rrule", "RRULE")
    comparison("cron", "cron")
    comparison("moved", "only here")
    print "`*`: finds other moments than Recurrence.\n"
    print "| What | required | measured | reached |\n| --- | ---: | ---: | --- |"
    for (column = 1; column <= tools; column++) {
        name = tool[column]
        if (!(name in measured)) { printf "| least against %s | %dx | skipped | - |\n", name, required[name]; continue }
        verdict("least against " name " (" of[name] ")", sprintf("%.1fx", least[name]), \
            (name == "libical" ? "> 1x" : ">= " required[name] "x"), \
            name == "libical" ? least[name] > 1 : least[name] >= required[name])
    }
    verdict("next, 20 years after the start, the slowest", sprintf("%.0f ns", largest("far")), "< 5000 ns", \
        largest("far") < 5000)
    verdict("next of 100,000 different schedules", sprintf("%.1f ms", largest("many")), "< 50 ms", largest("many") < 50)
    verdict("allocations for each occurrence, the most", sprintf("%g", largest("allocations")), "0", \
        largest("allocations") == 0)
    exit missed
}
