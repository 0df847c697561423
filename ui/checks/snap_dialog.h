// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/snap.h"

#include <QDialog>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace nunatak::ui::checks {

/// Bringing lines together that are nearly one: how near, which, and what would change, before it does. It
/// stands beside the view, which shows the places that are clicked.
class SnapDialog : public QDialog {
    Q_OBJECT

public:
    /// What people call an outline.
    using Name = std::function<QString(const outlines::OutlineRef&)>;

    explicit SnapDialog(QWidget* parent);

    /// @param selected how many of the layer's glaciers are selected
    /// @param beginsWithSelected these are meant until all are chosen
    void setLayer(const QString& title, std::size_t glaciers, std::size_t selected, bool beginsWithSelected);
    /// Why nothing can be brought together here; empty: it can. `offersInventory`: a button starts one.
    void setLocked(const QString& why, bool offersInventory);
    double tolerance() const; ///< m
    bool isOfSelected() const;

    void showLooking();
    void showFound(const nunatak::editing::Snapped& found, const Name& name);
    void showProblem(const QString& sentence);

Q_SIGNALS:
    /// What would change is asked for: another tolerance, or others.
    void lookWanted();
    void bringTogetherRequested();
    void startInventoryRequested();
    /// Of a row; `place`: where it was left as it was.
    void placeActivated(const std::vector<nunatak::outlines::OutlineRef>& outlines,
                        const std::optional<nunatak::geo::Point>& place);

private:
    struct Row {
        std::vector<outlines::OutlineRef> outlines;
        std::optional<geo::Point> place;
    };

    void activate(const QTreeWidgetItem* item);
    void addAreas(const nunatak::editing::Snapped& found, const Name& name);
    void addLeft(const nunatak::editing::Snapped& found, const Name& name);
    QTreeWidgetItem* addHeading(const QString& title);
    void addRow(QTreeWidgetItem* heading, const QStringList& texts, Row row);
    void setChange(bool isAny);

    QLabel* m_layer;
    QDoubleSpinBox* m_tolerance;
    QComboBox* m_which;
    QLabel* m_summary;
    QTreeWidget* m_tree;
    QLabel* m_lock;
    QPushButton* m_start;
    QPushButton* m_do = nullptr;
    std::vector<Row> m_rows;
    std::size_t m_glaciers = 0;
    bool m_isLocked = false;
    bool m_hasChange = false;
};

} // namespace nunatak::ui::checks
