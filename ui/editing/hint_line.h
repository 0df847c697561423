// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editing/edge_keeper.h"

#include <QLabel>

namespace nunatak::ui::editing {

/// What can be done now: a line in the middle of the view's lower edge.
class HintLine : public QLabel {
    Q_OBJECT

public:
    explicit HintLine(QWidget& view);

    /// Nothing: it goes.
    void say(const QString& words);
    const QString& words() const { return m_words; }
    /// Of one line; where that has no room it takes more.
    QSize sizeHint() const override;
    int heightForWidth(int width) const override;

private:
    QString m_words;
    EdgeKeeper m_keeper;
};

} // namespace nunatak::ui::editing
