// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "faulty_project.h"
#include "support/failing_disk.h"

#include <array>
#include <chrono>
#include <thread>

Q_DECLARE_METATYPE(nunatak::tests::FailingDisk::Fault)

// What tests of projects on disks that fail have in common.
namespace nunatak::tests {

/// Waits until all is saved, or something keeps it from that.
inline void waitForSaving(const project::Project& project) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!project.isSaved() && project.savingProblem().empty() && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
}

/// A sentence for a user: it names the file and what to do, and nothing of how the program is made.
inline bool isClear(const std::string& problem, const std::filesystem::path& file) {
    const bool isOne = !problem.empty() && problem.back() == '.' && problem.size() < 400 &&
                       problem.find('\n') == std::string::npos;
    return isOne && has(problem, file.string()) && problem.find("unforeseen") == std::string::npos;
}

inline QStringList leftBeside(const std::filesystem::path& file) {
    QStringList names;
    for (const auto& entry : std::filesystem::directory_iterator(file.parent_path())) {
        if (entry.path() != file) {
            names << QString::fromStdString(entry.path().filename().string());
        }
    }
    return names;
}

inline const char* nameOf(FailingDisk::Fault fault) {
    return fault == FailingDisk::Fault::Full      ? "full"
           : fault == FailingDisk::Fault::IoError ? "error"
                                                  : "torn";
}

inline constexpr std::array<FailingDisk::Fault, 3> kindsOfFaults{
    FailingDisk::Fault::Full, FailingDisk::Fault::IoError, FailingDisk::Fault::Torn};

/// A row for each kind of fault, in the column "fault".
inline void addFaults() {
    QTest::addColumn<FailingDisk::Fault>("fault");
    for (const FailingDisk::Fault fault : kindsOfFaults) {
        QTest::newRow(nameOf(fault)) << fault;
    }
}

} // namespace nunatak::tests
