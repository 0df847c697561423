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
    /// As it was said, also where there is room for a part of it.
    const QString& words() const { return m_words; }
    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QString m_words;
    EdgeKeeper m_keeper;
};

} // namespace nunatak::ui::editing
