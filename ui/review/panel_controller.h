// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"
#include "review/review_queue.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <string>

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::editing {
class ToolHost;
} // namespace nunatak::ui::editing

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::review {

class QueueKeeper;
class RegionDrawing;
class ReviewPanel;

/// Keeps the panel of the queue the same as the queue, the selection and the project, and does what is asked
/// there. While the panel is not seen it costs nothing.
class PanelController : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it.
    PanelController(session::Workspace& workspace, viewport::Viewport& view, editing::ToolHost& hand,
                    UserSettings& settings, QueueKeeper& keeper, RegionDrawing& region, ReviewPanel& panel);

    /// The panel is seen, or is not any more; when it is, what it lists is measured.
    void setSeen(bool isSeen);
    /// The keyboard goes to the note of what is selected, or a sentence says why not.
    void write();

Q_SIGNALS:
    void said(const QString& sentence);
    void startInventoryRequested(const QString& layer);

private:
    void begin();
    void connectPanel();
    void connectRegion();
    void offerLayers();
    void offerAttributes();
    void goThrough(const QString& layer);
    void showQueue();
    void showSteps(const nunatak::review::ReviewQueue::Steps& steps);
    void showEmptyWords();
    void showBasis();
    void showLock();
    void showSelection();
    void adoptReviewer(const QString& name);
    void say(outlines::Review review, const std::optional<std::string>& note);
    /// Why nothing can be said of what is selected; empty: it can.
    QString lock() const;

    session::Workspace& m_workspace;
    viewport::Viewport& m_view;
    editing::ToolHost& m_hand;
    UserSettings& m_settings;
    QueueKeeper& m_keeper;
    RegionDrawing& m_region;
    ReviewPanel& m_panel;
    QStringList m_inventories; ///< that there are
    std::string m_systemName;  ///< as the system knows the user
    bool m_isSeen = false;
};

} // namespace nunatak::ui::review
