// SPDX-License-Identifier: GPL-3.0-or-later
// What is worked out in the background for the tool in the hand.
#include "ui/editing/pointer_note.h"
#include "ui/editing/tool_host.h"

#include <QPointer>

#include <utility>

namespace nunatak::ui::editing {

using tools::Proposal;
using tools::Work;

void ToolHost::want(const std::shared_ptr<const Work>& work) {
    if (work == m_working.wanted) {
        return;
    }
    if (m_working.known && !m_working.known->refusal.isEmpty()) {
        m_note->hide(); // of what is asked no more
    }
    m_working.wanted = work;
    m_working.known.reset();
    m_working.isToBeDone = false;
    m_working.isDrawn = false;
    startWork();
}

void ToolHost::startWork() {
    // One at a time: of many values that a wheel runs over the last is worked out.
    if (m_working.isRunning || !m_working.wanted || m_working.known) {
        return;
    }
    m_working.isRunning = true;
    const auto work = m_working.wanted;
    if (!m_world.inBackground) {
        worked(work, (*work)());
        return;
    }
    m_world.inBackground([work] { return (*work)(); },
                         [host = QPointer(this), work](Proposal known) {
                             if (host) {
                                 host->worked(work, std::move(known));
                             }
                         });
}

void ToolHost::worked(const std::shared_ptr<const Work>& work, Proposal known) {
    m_working.isRunning = false;
    if (work != m_working.wanted) {
        startWork();
        return;
    }
    m_working.known = std::move(known);
    if (m_isStanding || m_gesture || m_nudge || m_isPreviewing) {
        return;
    }
    if (std::exchange(m_working.isToBeDone, false)) {
        if (const auto proposal = m_tool->finish(m_scene)) {
            const bool isDone = end(*proposal, pointer());
            if (std::exchange(m_isLeaving, false) && isDone) {
                returnToLast(); // its key was let go meanwhile
            }
            return;
        }
    }
    stand();
    sayWorked();
}

void ToolHost::sayWorked() {
    if (m_working.known && !m_working.known->refusal.isEmpty()) {
        m_note->say(m_working.known->refusal, PointerNote::Kind::Refusal, pointer());
    }
}

} // namespace nunatak::ui::editing
