// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/finding.h"
#include "jobs/job.h"
#include "project/project.h"
#include "review/layer_evidence.h"
#include "review/review_progress.h"
#include "review/review_queue.h"
#include "tasks/evidence_task.h"
#include "ui/review/queue_filter.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::review {

/// The queue of the layer that is gone through, measured in the background and kept by what changes: of what
/// changed only that is measured anew. While nobody has asked for a queue nothing is measured.
class QueueKeeper : public QObject {
    Q_OBJECT

public:
    /// The workspace must outlive it.
    explicit QueueKeeper(session::Workspace& workspace);

    /// Empty: there is none.
    const std::string& layer() const { return m_evidence.layer(); }
    /// Another one; nothing of it is measured yet.
    void goThrough(const std::string& layer);
    /// Measures all of the layer, anew where it was: first what takes a second, then what the picture says
    /// and a check of the outlines.
    void measure();
    /// What is under way; what was measured until then stays.
    void stop();
    bool isMeasuring() const { return m_measuring != nullptr; }
    /// The order is by what was measured, not by size alone.
    bool isMeasured() const { return m_isMeasured; }
    /// Somebody wants a queue of it.
    bool isWanted() const { return m_isWanted; }

    void setFilter(const QueueFilter& filter);
    const QueueFilter& filter() const { return m_filter; }
    const nunatak::review::ReviewQueue& queue() const { return m_queue; }
    /// A glacier as it stood there before the last step of the history, which changed it; null: it did not.
    nunatak::review::ReviewQueue::EntryHandle before(const std::string& uuid) const;
    nunatak::review::ReviewProgress progress() const { return m_tally.progress(); }

    /// What the layer is held against, as people read it.
    struct Against {
        QString expert;             ///< empty: nobody's outlines of that time are there
        QString earlier;            ///< empty: nothing older is known
        bool hasConfidence = false; ///< of a prediction
        QStringList notes;          ///< what could not be measured, a sentence each
    };
    const Against& against() const { return m_against; }

Q_SIGNALS:
    /// The queue is another one, or there is no layer any more.
    void queueChanged();
    /// These glaciers of it are others; the rest is as it was.
    void queueStepped(const nunatak::review::ReviewQueue::Steps& steps);
    /// Measuring begins or ends.
    void busyChanged();
    /// What takes a second has ended, well or not.
    void firstMeasured();
    void failed(const QString& sentence);

private:
    using Measured = std::vector<nunatak::review::LayerEvidence::Measured>;
    /// What a round of measuring found.
    struct Found {
        Measured measured;
        std::vector<nunatak::editing::Finding> findings;
        std::set<std::string> looked; ///< what the findings are of
        std::vector<std::string> notes;
        tasks::ConditionMaps pictures;
    };

    void begin();
    void end();
    void follow(const project::Event& event);
    void rebuild();
    /// Of these, and of those of which something else is known now.
    void renew(std::set<std::string> glaciers);
    void lookCloser(Found found);
    void measureChanged();
    void takeNotes(const Found& found);

    session::Workspace& m_workspace;
    nunatak::review::LayerEvidence m_evidence;
    QueueFilter m_filter;
    nunatak::review::ReviewQueue m_queue;
    std::map<std::string, nunatak::review::ReviewQueue::EntryHandle> m_before; ///< the last step
    nunatak::review::ReviewTally m_tally;
    tasks::ConditionMaps m_pictures; ///< what was seen of them
    Against m_against;
    std::set<std::string> m_others;          ///< layers that it is held against
    std::shared_ptr<jobs::Job> m_measuring;  ///< all of it
    std::shared_ptr<jobs::Job> m_catchingUp; ///< what changed
    QTimer m_soon;                           ///< several steps in a row are measured at once
    int m_round = 0;                         ///< an answer of a round before means nothing any more
    bool m_isWanted = false;
    bool m_isMeasured = false;
    bool m_isOutOfDate = false; ///< what it is held against became another
};

} // namespace nunatak::ui::review
