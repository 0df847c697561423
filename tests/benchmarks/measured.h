// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

// What a thread works for something, so that other programs on the machine count for little.
namespace nunatak::tests {

/// Milliseconds that this thread has worked so far.
inline double worked() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// The same for `work`.
template <typename Work> double milliseconds(const Work& work) {
    const double start = worked();
    work();
    return worked() - start;
}

struct Figures {
    double median = 0, late = 0, worst = 0;
};

inline Figures figuresOf(std::vector<double> times) {
    if (times.empty()) {
        return {};
    }
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100], times.back()};
}

/// Of work(0) to work(count - 1); what is refused is said, and counts for nothing.
template <typename Work> Figures timesOf(int count, const Work& work) {
    std::vector<double> all;
    for (int i = 0; i < count; ++i) {
        try {
            all.push_back(milliseconds([&] { work(i); }));
        } catch (const Error& error) {
            std::printf("  refused: %s\n", error.what());
        }
    }
    return figuresOf(std::move(all));
}

inline void printHeading(const char* what) {
    std::printf("%-50s %9s %9s %9s\n", what, "median", "99 %", "worst");
}

inline void print(const char* what, const Figures& figures) {
    std::printf("%-50s %9.3f %9.3f %9.3f\n", what, figures.median, figures.late, figures.worst);
    std::fflush(stdout);
}

} // namespace nunatak::tests
