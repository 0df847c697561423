// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

namespace nunatak::tests {

struct DiskLayer;

/// A disk that fails when it is told to: SQLite's own default way to files, with a layer on it through which
/// all connections go that are opened while it lives (sqlite3_vfs_register). Counted, and made to fail, is
/// what changes a file: writing, shortening, removing it, and making it safe (sync).
class FailingDisk {
public:
    enum class Fault {
        Full,    ///< nothing more can be written
        IoError, ///< the device says no
        Torn     ///< half of what is written arrives, and the device says no
    };
    FailingDisk();
    ~FailingDisk();
    FailingDisk(const FailingDisk&) = delete;
    FailingDisk& operator=(const FailingDisk&) = delete;

    /// From the n-th change from now on (1: the next one) every change fails, until mend().
    void failFrom(int n, Fault fault);
    /// The n-th change from now on fails, those after it do not.
    void failOnce(int n, Fault fault);
    void mend();
    /// True when a change has failed since failFrom() or failOnce().
    bool hasFailed() const;
    /// Changes, and syncs among them, since the last of these calls.
    int changes() const;
    int syncs() const;

    /// What a power cut leaves, once all connections are gone: of what was written to a file since its last
    /// sync some is there and some is not, in no order, by chance. Ends the fault.
    void cutPower(unsigned seed);

private:
    std::unique_ptr<DiskLayer> m_layer;
};

} // namespace nunatak::tests
