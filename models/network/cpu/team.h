// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <exception>
#include <functional>
#include <thread>
#include <vector>

namespace nunatak::models::cpu {

/// Threads that share the pieces of one piece of work. The network's own rather than OpenMP's: LibTorch
/// brings an OpenMP runtime that may be another than the compiler's, and its threads spin while they wait.
class Team {
public:
    /// The caller is one of them.
    explicit Team(int threads);
    ~Team();
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;

    int size() const { return static_cast<int>(m_threads.size()) + 1; }

    /// work(piece, member) for each piece of 0 … pieces − 1, by whoever is free; returns when all are done.
    /// Rethrows what work throws; the pieces that have not begun are left out then.
    void share(int pieces, const std::function<void(int piece, int member)>& work);

private:
    void run(int member);
    void workOn(int member);

    const std::function<void(int, int)>* m_work = nullptr;
    int m_pieces = 0;
    std::atomic<int> m_next = 0;
    std::atomic<int> m_busy = 0;      ///< threads that have not finished yet
    std::atomic<unsigned> m_call = 0; ///< counts calls of share()
    std::atomic<bool> m_ending = false;
    std::atomic<bool> m_failed = false;
    std::exception_ptr m_failure;
    std::vector<std::thread> m_threads;
};

} // namespace nunatak::models::cpu
