/// The command of these tests' jobs: it says outside the database when it starts and ends.
enum WorkScript {
    /// Arguments: the scene's directory, what to do, and a name.
    ///
    /// - `pass NAME`: ends at once.
    /// - `tell NAME`: writes the moment that was due to the pipe NAME.started.
    /// - `once NAME`: the first time it holds NAME.started open, with a child in a group of its own that holds it too,
    ///   and waits at NAME.gate; later it passes.
    /// - `gate NAME`: the same each time.
    /// - `flood NAME`: writes a gibibyte.
    static let text = #"""
        #!/bin/sh
        exec 9> "$1/alive"
        log=$1/work.log
        say() {
            read -r boot idle < /proc/uptime
            echo "$1 $ROTA_ATTEMPT $ROTA_RUN $ROTA_JOB $ROTA_CLIENT ${ROTA_ASSET:--} $ROTA_DUE $$ $(date +%s.%N) $boot $PWD" >> "$log"
        }
        say start
        case $2 in
        tell) echo "$ROTA_DUE" > "$1/$3.started" ;;
        flood) head -c 1G /dev/zero ;;
        gate | once)
            if [ "$2" = gate ] || mkdir "$1/$3.first" 2> /dev/null; then
                exec 8> "$1/$3.started"
                setsid sh -c ': < "$1"' child "$1/$3.gate" &
                echo "$ROTA_ATTEMPT" >&8
                : < "$1/$3.gate"
            fi
            ;;
        esac
        say end

        """#
}
