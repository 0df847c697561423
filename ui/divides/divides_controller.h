// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "divides/divide_layer.h"
#include "jobs/job.h"
#include "project/project.h"
#include "ui/divides/divide_clicks.h"
#include "ui/divides/divides_panel.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace nunatak::ui::layers {
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::divides {

/// Divides glaciers along their ice divides: shows them on the ground as thresholds change, says what would
/// become of what, and does it as one step when that is accepted. Until then nothing is changed. All work is
/// done in the background: watersheds once (a job that is shown), divides for each threshold, of which the
/// newest is drawn last, then what the gate says to them.
class DividesController : public QObject {
    Q_OBJECT

public:
    DividesController(session::Workspace& workspace, layers::LayerController& layers,
                      viewport::Viewport& viewport, DividesPanel& panel);

    /// Begins with a layer's selected glaciers, else with those in the view, else with all.
    void open(const QString& layer);
    /// Nothing is shown any more, and nothing was done.
    void close();
    bool isOpen() const { return m_isOpen; }
    /// By the elevation model of this file.
    void useFile(const QString& file);

Q_SIGNALS:
    void startInventoryRequested(const QString& layer);
    /// What was done just now, which undo takes back.
    void done(const QString& sentence);
    /// It was done, or given up.
    void ended();

private:
    /// What is worked out once.
    struct Prepared {
        nunatak::divides::DivideRequest request;
        std::vector<nunatak::divides::PreparedOutline> outlines;
    };
    using Planned = std::vector<nunatak::divides::PlannedOutline>;

    void offerLayers();
    void showLock();
    bool isLocked() const;
    std::vector<std::string> selected() const;
    std::vector<std::string> inView() const;
    void count();
    /// Looks for watersheds; those of outlines that are the same as before are kept.
    void prepare();
    /// Draws divides for the thresholds as they are now.
    void plan();
    void startPlan();
    void show(std::shared_ptr<const Planned> planned);
    /// Asks what would come of what is shown.
    void judge();
    void accept();
    void takeOut(const std::string& uuid, geo::Point place);
    void include(const std::string& uuid, bool isIncluded);
    void follow(const project::Event& event);
    void stop();
    void problem(const QString& sentence);
    std::size_t takenOut() const;

    session::Workspace& m_workspace;
    layers::LayerController& m_layers;
    viewport::Viewport& m_viewport;
    DividesPanel& m_panel;
    DivideClicks m_clicks;
    bool m_isOpen = false;
    int m_round = 0; ///< an answer of a round before means nothing any more
    std::shared_ptr<jobs::Job> m_preparing;
    std::shared_ptr<jobs::Job> m_planning;
    std::shared_ptr<jobs::Job> m_judging;
    QElapsedTimer m_planningSince;
    bool m_isPlanWanted = false; ///< thresholds changed since it began
    int m_judged = 0;            ///< questions so far; only the last one's answer counts
    std::shared_ptr<const Prepared> m_prepared;
    std::shared_ptr<const Planned> m_planned;
    std::optional<nunatak::divides::DivideResult> m_result;
    std::map<std::string, nunatak::divides::JoinedBasins> m_joined; ///< divides that were taken out
    std::set<std::string> m_leftOut;                                ///< UUIDs
    QTimer m_pause; ///< several steps in a row are looked at once
};

} // namespace nunatak::ui::divides
