// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/snap.h"
#include "jobs/job.h"
#include "project/project.h"
#include "project/steps.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

class QWidget;

namespace nunatak::ui::layers {
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::checks {

class SnapDialog;

/// Brings lines together that are nearly one: looks first, says what would change, and does it as one step.
/// Offers that where outlines come in that have such lines.
class SnapController : public QObject {
    Q_OBJECT

public:
    SnapController(session::Workspace& workspace, layers::LayerController& layers, QWidget* window);

    /// The dialog: of all of a layer, or first of those that are selected, where several are.
    enum class First { All, Selected };
    void open(const QString& layer, First first = First::All);

Q_SIGNALS:
    /// What was done just now, which undo takes back.
    void done(const QString& sentence);
    /// What can be done, with a button.
    void offered(const QString& sentence, const QString& button, const std::function<void()>& action);
    void startInventoryRequested(const QString& layer);

private:
    void close();
    void look();
    void bringTogether();
    void follow(const project::Event& event);
    void lookAtWhatCame(const std::string& layer);
    void flyTo(const std::vector<outlines::OutlineRef>& outlines, const std::optional<geo::Point>& place);
    QString titleOf(const std::string& layer) const;

    session::Workspace& m_workspace;
    layers::LayerController& m_layers;
    QWidget* m_window;
    QPointer<SnapDialog> m_dialog;
    std::string m_layer;               ///< of the dialog
    std::set<std::string> m_selection; ///< UUIDs of it that were selected as it was opened
    /// What would change, and the step that it is.
    struct Found {
        nunatak::editing::Snapped snapped;
        project::LayerStep step;
    };
    std::optional<Found> m_found;
    std::shared_ptr<jobs::Job> m_looking;
    int m_asked = 0;                ///< looks so far; only the last one's answer counts
    std::set<std::string> m_told;   ///< layers for which it was offered
    bool m_awaitsInventory = false; ///< one was asked for here, whose lines are looked at then
};

} // namespace nunatak::ui::checks
