# SPDX-License-Identifier: MIT
#
# scaling.awk: a table and a chart from the files that scaling.sbatch leaves, strong.RANKS and
# weak.RANKS, each with some lines of JSON as a lab prints them with --json.
#
#   strong scaling: speed-up = T(1) / T(p), efficiency = speed-up / p      (Amdahl, 1967)
#   weak scaling:   efficiency = T(1) / T(p), where the work grows with p  (Gustafson, 1988)

function median(list, n,    i, j, t) {
    for (i = 2; i <= n; i++)
        for (j = i; j > 1 && list[j - 1] > list[j]; j--) {
            t = list[j]; list[j] = list[j - 1]; list[j - 1] = t
        }
    return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}

# Ends the file that was read: its median belongs to its kind and its number of ranks.
function finish() {
    if (!n) return
    time[kind, ranks] = median(walls, n)
    if (!(ranks in seen)) { seen[ranks] = 1; all[++count] = ranks }
    n = 0
}

function bar(share,    text, i) {
    for (i = 0; i < share * 40 - 0.5 && i < 60; i++) text = text "#"
    return text
}

function table(kind, title,    i, p, first, speed, share) {
    first = time[kind, all[1]] * (kind == "strong" ? all[1] : 1)
    printf "\n%s\n  ranks    time, ms   %sefficiency   0%%%35s100%%\n", title,
        kind == "strong" ? "speed-up   " : "", ""
    for (i = 1; i <= count; i++) {
        p = all[i]
        if (!((kind, p) in time)) continue
        speed = first / time[kind, p]
        share = kind == "strong" ? speed / p : speed
        printf "  %5d  %10.2f   ", p, time[kind, p]
        if (kind == "strong") printf "%8.2f   ", speed
        printf "%8.0f %%   %s\n", 100 * share, bar(share)
    }
}

FNR == 1 {
    finish()
    name = FILENAME
    sub(/.*\//, "", name)
    kind = name; sub(/\..*/, "", kind)
    ranks = name; sub(/.*\./, "", ranks); ranks += 0
}
match($0, /"wall_ms":[0-9.e+-]+/) { walls[++n] = substr($0, RSTART + 10, RLENGTH - 10) + 0 }
END {
    finish()
    if (!count) { print "No times were found: did the runs end well?"; exit 1 }
    for (i = 2; i <= count; i++)
        for (j = i; j > 1 && all[j - 1] > all[j]; j--) { t = all[j]; all[j] = all[j - 1]; all[j - 1] = t }
    table("strong", "Strong scaling: the same problem on more ranks")
    table("weak", "Weak scaling: the problem grows with the ranks")
}
