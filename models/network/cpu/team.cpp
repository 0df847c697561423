// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/team.h"

#include <utility>

namespace nunatak::models::cpu {

Team::Team(int threads) {
    for (int member = 1; member < threads; ++member) {
        m_threads.emplace_back([this, member] { run(member); });
    }
}

Team::~Team() {
    m_ending = true;
    ++m_call;
    m_call.notify_all();
    for (auto& thread : m_threads) {
        thread.join();
    }
}

void Team::share(int pieces, const std::function<void(int, int)>& work) {
    m_work = &work;
    m_pieces = pieces;
    m_next = 0;
    const bool alone = m_threads.empty() || pieces < 2;
    if (!alone) {
        m_busy = static_cast<int>(m_threads.size());
        ++m_call;
        m_call.notify_all();
    }
    workOn(0);
    for (int busy = alone ? 0 : m_busy.load(); busy != 0; busy = m_busy) {
        m_busy.wait(busy);
    }
    if (m_failed) {
        m_failed = false;
        std::rethrow_exception(std::exchange(m_failure, nullptr));
    }
}

void Team::workOn(int member) {
    for (int piece = m_next++; piece < m_pieces; piece = m_next++) {
        try {
            (*m_work)(piece, member);
        } catch (...) {
            m_next = m_pieces;
            if (!m_failed.exchange(true)) {
                m_failure = std::current_exception();
            }
        }
    }
}

void Team::run(int member) {
    for (unsigned seen = 0;;) {
        m_call.wait(seen);
        ++seen;
        if (m_ending) {
            return;
        }
        workOn(member);
        if (--m_busy == 0) {
            m_busy.notify_one();
        }
    }
}

} // namespace nunatak::models::cpu
