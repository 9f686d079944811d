/// The command of the rig's jobs: it says outside the database when it starts, that it lives, and when it ends.
enum WorkScript {
    /// Arguments: the file to append to, and for how many tenths of a second it goes on.
    /// A line is: verb, attempt, run, job, client, asset or -, due, process, wall time, time since boot, directory.
    static let text = #"""
        #!/bin/sh
        say() {
            read -r boot idle < /proc/uptime
            echo "$1 $ROTA_ATTEMPT $ROTA_RUN $ROTA_JOB $ROTA_CLIENT ${ROTA_ASSET:--} $ROTA_DUE $$ $(date +%s.%N) $boot $PWD" >> "$log"
        }
        log=$1
        echo "attempt $ROTA_ATTEMPT of run $ROTA_RUN"
        say start
        left=$2
        while [ "$left" -gt 0 ]; do
            sleep 0.1
            say tick
            left=$((left - 1))
        done
        say end

        """#

    /// What it writes to its standard output.
    static func output(attempt: Int64, run: Int64) -> String { "attempt \(attempt) of run \(run)\n" }
}
