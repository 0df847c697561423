// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/queue_filter.h"

#include <QStringList>
#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QToolButton;

namespace nunatak::ui::review {

/// What the queue is of: a choice that always stands there, and more that unfolds.
class FilterBar : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(QWidget* parent = nullptr);

    const QueueFilter& filter() const { return m_filter; }
    /// Where glaciers have to lie; none: everywhere.
    void setRegion(std::optional<geo::MultiPolygon> region);
    /// What people may ask for by name; what is chosen stays.
    void setAttributes(const QStringList& names);
    /// What needs an eye, everywhere.
    void reset();
    /// These alone, everywhere.
    void showOnly(QueueFilter::Show show);

Q_SIGNALS:
    void changed();
    /// The part of the ground that is in view now is the region; the answer is setRegion().
    void viewRequested();
    /// One shall be drawn.
    void drawingRequested();
    /// What was written is done.
    void left();

private:
    enum class Where { Everywhere, InView, Drawn };
    QWidget* buildMore();
    void adopt();
    void askWhere(int index);
    void showState();

    QComboBox* m_show = nullptr;
    QToolButton* m_unfold = nullptr;
    QWidget* m_more = nullptr;
    QDoubleSpinBox* m_least = nullptr;
    QDoubleSpinBox* m_most = nullptr;
    QComboBox* m_where = nullptr;
    QComboBox* m_attribute = nullptr;
    QLineEdit* m_value = nullptr;
    QToolButton* m_clear = nullptr;
    QueueFilter m_filter;
    int m_regionOf = 0; ///< Where, of the region that is in effect
};

} // namespace nunatak::ui::review
