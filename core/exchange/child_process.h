// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include <sys/types.h>

namespace nunatak::exchange {

/// A program of ours that runs beside this one and writes what it finds into a pipe. Killed, if it still
/// runs, when this object goes.
class ChildProcess {
public:
    using Clock = std::chrono::steady_clock;

    /// Throws Error when the program is missing or cannot be started.
    ChildProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    enum class Outcome { Data, EndOfData, TooLate };
    struct Read {
        Outcome outcome = Outcome::Data;
        std::size_t bytes = 0;
    };
    /// Waits for at most `room` bytes until `deadline`. Throws Cancelled when the token says so.
    Read read(void* to, std::size_t room, Clock::time_point deadline, const std::stop_token& stop);

    /// How it ended, after the end of its data: empty when well, else such as "it crashed (signal 11)". One
    /// that closed its pipe and goes on is killed.
    std::string howItEnded();

private:
    void end();

    pid_t m_process = -1;
    int m_pipe = -1;
};

} // namespace nunatak::exchange
