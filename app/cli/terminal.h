// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include <sys/types.h>

namespace nunatak::cli {

/// Turns Ctrl+C into a stop request, so that work ends cleanly and nothing is left half-written. A second
/// Ctrl+C ends the program at once. Make it before any other thread starts: it blocks the signals it waits
/// for.
class InterruptWatcher {
public:
    InterruptWatcher();
    ~InterruptWatcher();
    InterruptWatcher(const InterruptWatcher&) = delete;
    InterruptWatcher& operator=(const InterruptWatcher&) = delete;

    std::stop_token stopToken() const { return m_stop.get_token(); }

private:
    std::stop_source m_stop;
    std::jthread m_waiter;
};

/// Prints to stderr what accompanies the work: notes, progress, sentences. Where nobody can read it (a closed
/// pipe, a full disk) the work goes on.
void tell(std::string_view text);

/// A progress bar on stderr with the time left; on something that is no terminal, a line per stage.
class ProgressBar {
public:
    explicit ProgressBar(std::stop_token stop);
    /// Leaves the line clean for what is printed next.
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    Progress progress();

private:
    void show(double fraction, std::string_view stage);
    std::string estimate(double fraction) const;

    using Clock = std::chrono::steady_clock;
    std::stop_token m_stop;
    bool m_isTerminal = false;
    std::mutex m_mutex;
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_lastShown;
    std::string m_stage;
    bool m_lineOpen = false;
};

/// Standard output, as long as this lives: what would drive a terminal (control characters of names and
/// attributes) is shown by signs, and what cannot be written is kept in mind and throws nothing meanwhile.
class Results {
public:
    Results();
    ~Results();
    Results(const Results&) = delete;
    Results& operator=(const Results&) = delete;

    /// Writes what is left. 0, or the number of the system's error when something could not be written.
    int finish();

private:
    static ssize_t take(void* self, const char* bytes, std::size_t count);
    void write(std::string_view bytes);

    std::FILE* m_real;
    std::FILE* m_filter;
    std::string m_rest; ///< the beginning of a character of which more is to come
    int m_problem = 0;
};

/// Makes a folder for results, with those above it. Throws Error when that cannot be.
void makeFolder(const std::filesystem::path& folder);

/// "12 s", "3 min 20 s", "1 h 5 min".
std::string durationText(double seconds);
/// "0.53 km²".
std::string areaText(double squareMetres);

} // namespace nunatak::cli
