// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>

class QLabel;
class QPushButton;

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::layers {

/// What is being edited, in one line at the view's upper left: "✎ Inventory 2020 · Hintereisferner · changed
/// · picture 2020-08-20"; amber where the picture is not the one that the outline is of. Where there is no
/// inventory it says so and offers to get one.
class InventoryLine : public QFrame {
    Q_OBJECT

public:
    /// A child of the view; both outlive it.
    InventoryLine(session::Workspace& workspace, QWidget& view);

    QString text() const;
    bool isWarning() const { return m_isWarning; }
    /// What is edited is this side layer; empty: the inventory.
    void setSideLayer(const QString& layer);
    /// Says that no outlines are drawn.
    void setOutlinesShown(bool shown);

Q_SIGNALS:
    void predictRequested();
    /// From this reference.
    void startRequested(const QString& layer);
    /// The inventory shall be edited again.
    void inventoryRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void show(const QString& sentence, const QString& tip, bool isWarning);
    void offer(bool isWanted);
    /// Says it with as much of the glacier's name as there is room for; pixels.
    void fit(int room);
    /// Below what else stands at the view's upper edge.
    void place();

    session::Workspace& m_workspace;
    QLabel* m_label;
    QPushButton* m_predict;
    QPushButton* m_start;
    QPushButton* m_back;
    QString m_sentence;  ///< what it says, whole
    QString m_name;      ///< of the glacier, within it
    QString m_side;      ///< the side layer that is edited
    QString m_reference; ///< that an inventory can be started from
    bool m_isWarning = false;
    bool m_showsOutlines = true;
};

} // namespace nunatak::ui::layers
