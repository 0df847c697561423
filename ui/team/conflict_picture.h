// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/join.h"

#include <QWidget>

#include <vector>

namespace nunatak::ui::team {

/// One glacier as two people have it, one line over the other, beside what it was before both.
class ConflictPicture : public QWidget {
    Q_OBJECT

public:
    explicit ConflictPicture(QWidget* parent = nullptr);

    /// Null: nothing is shown.
    void setConflict(const project::JoinConflict* conflict);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintLegend(QPainter& painter) const;

    std::vector<outlines::OutlineHandle> m_before;
    std::vector<outlines::OutlineHandle> m_here;
    std::vector<outlines::OutlineHandle> m_there;
};

} // namespace nunatak::ui::team
