/// Where a part keeps what it needs on this machine, unless it is told: systemd's `STATE_DIRECTORY`, else the XDG base
/// directory specification's `XDG_STATE_HOME`, else under the home directory.
enum StateDirectory {
    static var own: String {
        if let given = Environment.value("STATE_DIRECTORY") { return given }
        if let state = Environment.value("XDG_STATE_HOME") { return state + "/rota" }
        return (Environment.value("HOME") ?? "/var/lib") + "/.local/state/rota"
    }
}
