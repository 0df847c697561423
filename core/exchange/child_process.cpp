// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/child_process.h"

#include "base/error.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace nunatak::exchange {

namespace {

using namespace std::chrono_literals;

/// How soon a stop request is seen while nothing comes.
constexpr auto slice = 50ms;
/// A process that has closed its pipe has nothing left to do but to end.
constexpr auto grace = 2s;

/// What the child begins with: our pipe as its output, nothing as its input, no blocked signals (the programs
/// block those that they wait for), and a process group of its own, so that Ctrl+C reaches the parent, which
/// ends it in order.
class SpawnSettings {
public:
    explicit SpawnSettings(int output) {
        ::posix_spawn_file_actions_init(&m_actions);
        ::posix_spawn_file_actions_addopen(&m_actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&m_actions, output, STDOUT_FILENO);
        ::posix_spawn_file_actions_addopen(&m_actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawnattr_init(&m_attributes);
        sigset_t none;
        ::sigemptyset(&none);
        ::posix_spawnattr_setsigmask(&m_attributes, &none);
        sigset_t pipe;
        ::sigemptyset(&pipe);
        ::sigaddset(&pipe, SIGPIPE);
        ::posix_spawnattr_setsigdefault(&m_attributes, &pipe);
        ::posix_spawnattr_setpgroup(&m_attributes, 0);
        ::posix_spawnattr_setflags(&m_attributes,
                                   POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    ~SpawnSettings() {
        ::posix_spawnattr_destroy(&m_attributes);
        ::posix_spawn_file_actions_destroy(&m_actions);
    }

    int spawn(pid_t* process, const char* program, char* const* arguments) const {
        return ::posix_spawn(process, program, &m_actions, &m_attributes, arguments, environ);
    }

private:
    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
};

[[noreturn]] void failStarting(const std::filesystem::path& program, int reason) {
    throw Error("Cannot start " + program.string() + " (" + std::strerror(reason) +
                "); the installation of the program is not complete.");
}

} // namespace

ChildProcess::ChildProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        failStarting(program, errno);
    }
    auto words = arguments;
    words.insert(words.begin(), program.string());
    std::vector<char*> pointers;
    for (auto& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    const int failed = SpawnSettings(ends[1]).spawn(&m_process, program.c_str(), pointers.data());
    ::close(ends[1]);
    if (failed != 0) {
        ::close(ends[0]);
        failStarting(program, failed);
    }
    m_pipe = ends[0];
}

ChildProcess::~ChildProcess() {
    end();
    ::close(m_pipe);
}

void ChildProcess::end() {
    if (m_process > 0) {
        ::kill(m_process, SIGKILL);
        while (::waitpid(m_process, nullptr, 0) < 0 && errno == EINTR) {
        }
        m_process = -1;
    }
}

ChildProcess::Read ChildProcess::read(void* to, std::size_t room, Clock::time_point deadline,
                                      const std::stop_token& stop) {
    for (;;) {
        if (stop.stop_requested()) {
            throw Cancelled();
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0) {
            return {Outcome::TooLate, 0};
        }
        pollfd waiting{m_pipe, POLLIN, 0};
        const auto patience = std::min<std::chrono::milliseconds>(left, slice);
        const int ready = ::poll(&waiting, 1, static_cast<int>(patience.count()));
        if (ready <= 0) {
            continue;
        }
        const auto got = ::read(m_pipe, to, room);
        if (got > 0) {
            return {Outcome::Data, static_cast<std::size_t>(got)};
        }
        if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
            return {Outcome::EndOfData, 0};
        }
    }
}

std::string ChildProcess::howItEnded() {
    int status = 0;
    pid_t ended = 0;
    for (const auto until = Clock::now() + grace; ended == 0 && Clock::now() < until;) {
        ended = ::waitpid(m_process, &status, WNOHANG);
        if (ended == 0) {
            std::this_thread::sleep_for(1ms);
        }
    }
    if (ended != m_process) {
        end();
        return "it did not come to an end";
    }
    m_process = -1;
    if (WIFSIGNALED(status)) {
        const int signal = WTERMSIG(status);
        return signal == SIGXCPU ? "it took too much processor time"
                                 : "it crashed (signal " + std::to_string(signal) + ")";
    }
    return WEXITSTATUS(status) == 0 ? "" : "it gave up (code " + std::to_string(WEXITSTATUS(status)) + ")";
}

} // namespace nunatak::exchange
