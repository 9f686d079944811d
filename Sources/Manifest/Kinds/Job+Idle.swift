import Model

extension ObjectReader<Job> {
    /// What would be accepted and do nothing.
    func refuseWhatDoesNothing(_ job: Job) {
        switch job.action {
        case .task:
            for key in ["atOnce", "exclusive", "repeatable", "rollout", "whenOffline"] where has(key) {
                refuse("'\(key)' is about what workers do, and a task is a person's", hint: "leave it out", at: key)
            }
            refuseGuards(job, "a task is a person's")
        case .remind:
            if has("whenOffline") {
                refuse(
                    "'whenOffline' is about commands, and a reminder is none", hint: "leave it out", at: "whenOffline")
            }
        case .exec(let exec):
            if exec.offlineExitCodes != nil, job.whenOffline == nil {
                refuse(
                    "'offlineExitCodes' has a meaning only with 'whenOffline'",
                    hint: "say what becomes of a run whose target is not there, as in 'whenOffline: nextWindow'",
                    at: "action")
            }
            if job.whenOffline == .nextWindow, job.window == nil {
                refuse(
                    "'whenOffline: nextWindow' waits for a window's next opening, and the job has no window",
                    hint: "give the job a window, or say 'asap': it is tried again every quarter of an hour",
                    at: "whenOffline")
            }
        }
        if job.targets == nil { refuseAboutAssets(job) }
    }

    private func refuseGuards(_ job: Job, _ reason: String) {
        if job.requires?.contains(where: \.isGuard) == true {
            refuse("a worker looks at 'file' and 'exec', and \(reason)", hint: "leave them out", at: "requires")
        }
    }

    private func refuseAboutAssets(_ job: Job) {
        let rollout = job.rollout
        let isAboutAssets = [
            "exclusive": true, "rollout": rollout?.apart != nil || rollout?.rings != nil && rollout?.across == nil,
        ]
        for key in ["exclusive", "rollout"] where has(key) && isAboutAssets[key] == true {
            refuse(
                "'\(key)' is about assets, and the job works on the client as a whole", hint: "give the job targets",
                at: key)
        }
    }
}
