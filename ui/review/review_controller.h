// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "project/project.h"
#include "ui/review/queue_filter.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::layers {
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::review {

class QueueKeeper;

/// Going through the queue of a layer: to the next glacier by a key, or by itself after a verdict, with the
/// ground of the one after it read meanwhile; and how far one is when a verdict was given or taken back.
class ReviewController : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it.
    ReviewController(session::Workspace& workspace, viewport::Viewport& view, layers::LayerController& layers,
                     QueueKeeper& keeper, UserSettings& settings);

    /// Selects the next glacier of the queue of the selected one's layer, or else of `layer`, and flies there
    /// so that it fills the view. Where nothing is measured yet it is first, in the background.
    void next(const QString& layer, int step = 1);
    /// The same with this glacier of the queue.
    void visit(const std::string& uuid);

Q_SIGNALS:
    void said(const QString& sentence);

private:
    void begin();
    void go(int step);
    void goOn(const project::Event& event);
    void lookAgainAt(const std::string& uuid);
    /// That nothing is shown there; empty: something is.
    QString besideWords(const geo::Extent& extent) const;
    /// What came after a glacier when it was visited, of which the first that is in the queue still; none
    /// where it was not the last one visited. What is done at it moves it in the queue, and leaves out
    /// nothing.
    std::optional<std::string> following(const std::string& uuid) const;
    /// Steeply from above, with the expert's outline where it is said to be other than that.
    void look(const outlines::Outline& glacier, bool isOtherThanExperts);
    void visitPlace(std::size_t place);
    void readAhead();
    void tell(const project::Event& event);
    QString progressOf(const QString& layer);
    /// What was said of a layer's progress may still stand there, and this step makes it wrong.
    bool outdates(const project::Event& event) const;

    session::Workspace& m_workspace;
    viewport::Viewport& m_view;
    layers::LayerController& m_layers;
    QueueKeeper& m_keeper;
    UserSettings& m_settings;
    std::optional<int> m_pending; ///< a step that waits until it is measured
    struct Course {
        std::string layer;
        QueueFilter filter;
        std::string from;
        std::vector<std::string> after; ///< round and round
    };
    Course m_course;                    ///< as the queue was at the last visit
    std::optional<std::string> m_ahead; ///< the glacier whose ground will be read
    std::shared_ptr<jobs::Job> m_reading;
    QString m_toldLayer;
    QElapsedTimer m_told; ///< since its progress was said
};

} // namespace nunatak::ui::review
