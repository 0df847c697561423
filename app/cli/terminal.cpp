// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminal.h"

#include "base/error.h"
#include "base/printable.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>
#include <utility>

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

/// Where a character of UTF-8 begins at the end of the bytes that has not all of its own.
std::size_t wholeCharacters(std::string_view bytes) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, bytes.size()); ++back) {
        const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
        if (byte >= 0xC0U) {
            const std::size_t needed = byte >= 0xF0U ? 4 : byte >= 0xE0U ? 3 : 2;
            return needed > back ? bytes.size() - back : bytes.size();
        }
        if (byte < 0x80U) {
            break;
        }
    }
    return bytes.size();
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

Results::Results() : m_real(stdout) {
    m_filter = ::fopencookie(this, "w", {nullptr, &Results::take, nullptr, nullptr});
    if (m_filter == nullptr) {
        throw Error("There is not enough memory to print anything.");
    }
    std::setvbuf(m_filter, nullptr, isatty(STDOUT_FILENO) == 1 ? _IOLBF : _IOFBF, BUFSIZ);
    stdout = m_filter;
}

Results::~Results() {
    finish();
    stdout = m_real;
    std::fclose(m_filter);
}

int Results::finish() {
    std::fflush(m_filter);
    write(std::exchange(m_rest, {}));
    if (std::fflush(m_real) != 0 && m_problem == 0) {
        m_problem = errno;
    }
    return m_problem;
}

ssize_t Results::take(void* self, const char* bytes, std::size_t count) {
    auto& results = *static_cast<Results*>(self);
    auto text = std::exchange(results.m_rest, {}) + std::string(bytes, count);
    const auto whole = wholeCharacters(text);
    results.m_rest = text.substr(whole);
    results.write(std::string_view(text).substr(0, whole));
    return static_cast<ssize_t>(count);
}

void Results::write(std::string_view bytes) {
    const auto text = printable(bytes);
    if (m_problem == 0 &&
        (std::fwrite(text.data(), 1, text.size(), m_real) != text.size() || std::fflush(m_real) != 0)) {
        m_problem = errno == 0 ? EIO : errno;
    }
}

void tell(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr); // fmt::print would throw, on whatever thread works
    std::fflush(stderr);
}

ProgressBar::ProgressBar(std::stop_token stop)
    : m_stop(std::move(stop)), m_isTerminal(isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
    if (m_lineOpen) {
        tell("\r\x1b[K");
    }
}

Progress ProgressBar::progress() {
    return {[this](double fraction, std::string_view stage) { show(fraction, stage); }, m_stop};
}

void ProgressBar::show(double fraction, std::string_view stage) {
    const std::scoped_lock lock(m_mutex);
    // Told for each of thousands of outlines: what is shown already is nothing new.
    const bool newStage = !stage.empty() && stage != m_stage && printableName(stage) != m_stage;
    if (newStage) {
        m_stage = printableName(stage);
    }
    if (!m_isTerminal) {
        if (newStage) {
            tell(m_stage + " …\n");
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
    tell(fmt::format("\r\x1b[K{} {:3.0f} %  {}{}", bar, fraction * 100, m_stage, estimate(fraction)));
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
