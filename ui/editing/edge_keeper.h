// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QRect>

class QWidget;

namespace nunatak::ui::editing {

/// Keeps a widget over the view in the middle of its lower edge, or at its upper one, below what stands in
/// the left corner, so that it is always in one place; clear of what else stands there: it moves aside, at
/// the lower edge takes more lines, and where that leaves no room it goes beyond.
class EdgeKeeper : public QObject {
    Q_OBJECT

public:
    enum class Edge { Top, Bottom };

    /// `kept` is the view's.
    EdgeKeeper(QWidget& kept, Edge edge);

    /// Gives it its place for what it shows now.
    void place();
    /// How wide it can be without leaving the row that is nearest to its edge; pixels.
    int room() const;
    /// Widgets that find their own place around what stands over the view: those make room for them that give
    /// way to more, and whoever has an EdgeKeeper gives way with rank 1.
    static void setGivesWay(QWidget& widget, int rank = 1);
    /// What is free of a row of a view between what stands at its sides, for who gives way with this rank.
    static QRect freeRow(const QWidget& view, int top, int height, int rank = 1);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void watch(QObject* child);
    void placeSoon();
    /// Where the row begins that is always free of what stands in the upper left corner.
    static int belowCorner(const QWidget& view);

    QWidget& m_kept;
    Edge m_edge;
    bool m_isComing = false; ///< it is placed as soon as the others are
};

} // namespace nunatak::ui::editing
