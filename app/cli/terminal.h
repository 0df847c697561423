// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"

#include <chrono>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

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

/// Makes a folder for results, with those above it. Throws Error when that cannot be.
void makeFolder(const std::filesystem::path& folder);

/// "12 s", "3 min 20 s", "1 h 5 min".
std::string durationText(double seconds);
/// "0.53 km²".
std::string areaText(double squareMetres);

} // namespace nunatak::cli
