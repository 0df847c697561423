// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminal.h"

#include "base/error.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace nunatak::cli {

namespace {

constexpr int barCells = 28;
constexpr auto leastInterval = std::chrono::milliseconds(100);

sigset_t interruptSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

} // namespace

InterruptWatcher::InterruptWatcher() {
    const auto signals = interruptSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_waiter = std::jthread([this, signals](const std::stop_token& done) {
        const timespec moment{0, 100'000'000};
        while (!done.stop_requested()) {
            if (sigtimedwait(&signals, nullptr, &moment) > 0) {
                if (m_stop.stop_requested()) {
                    std::_Exit(130);
                }
                m_stop.request_stop();
            }
        }
    });
}

InterruptWatcher::~InterruptWatcher() {
    m_waiter.request_stop();
}

ProgressBar::ProgressBar(std::stop_token stop)
    : m_stop(std::move(stop)), m_isTerminal(isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
    if (m_lineOpen) {
        std::fputs("\r\x1b[K", stderr);
    }
}

Progress ProgressBar::progress() {
    return {[this](double fraction, std::string_view stage) { show(fraction, stage); }, m_stop};
}

void ProgressBar::show(double fraction, std::string_view stage) {
    const std::scoped_lock lock(m_mutex);
    const bool newStage = !stage.empty() && stage != m_stage;
    if (newStage) {
        m_stage = stage;
    }
    if (!m_isTerminal) {
        if (newStage) {
            fmt::print(stderr, "{} …\n", m_stage);
        }
        return;
    }
    const auto now = Clock::now();
    if (!newStage && now - m_lastShown < leastInterval) {
        return;
    }
    m_lastShown = now;
    m_lineOpen = true;
    const int filled = static_cast<int>(fraction * barCells);
    std::string bar;
    for (int cell = 0; cell < barCells; ++cell) {
        bar += cell < filled ? "█" : "░";
    }
    fmt::print(stderr, "\r\x1b[K{} {:3.0f} %  {}{}", bar, fraction * 100, m_stage, estimate(fraction));
    std::fflush(stderr);
}

std::string ProgressBar::estimate(double fraction) const {
    const double elapsed = std::chrono::duration<double>(Clock::now() - m_start).count();
    // The first moments say little about the rest.
    if (elapsed < 2 || fraction < 0.03 || fraction >= 1) {
        return {};
    }
    return "  " + durationText(elapsed * (1 - fraction) / fraction) + " left";
}

void makeFolder(const std::filesystem::path& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem || !std::filesystem::is_directory(folder, problem)) {
        throw Error("The folder " + folder.string() +
                    " for the results cannot be made; choose one that can be written to.");
    }
}

std::string durationText(double seconds) {
    const auto whole = static_cast<long>(seconds + 0.5);
    if (whole < 60) {
        return fmt::format("{} s", whole);
    }
    if (whole < 3600) {
        return fmt::format("{} min {} s", whole / 60, whole % 60);
    }
    return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::string areaText(double squareMetres) {
    return fmt::format("{:.2f} km²", squareMetres / 1e6);
}

} // namespace nunatak::cli
