// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editing/edge_keeper.h"
#include "ui/tools/tool_table.h"

#include <QFrame>
#include <QString>

#include <vector>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace nunatak::ui::editing {

/// What the tool in the hand works on, and what is chosen of it: slim, in the middle of the view's upper
/// edge.
class ToolPill : public QFrame {
    Q_OBJECT

public:
    explicit ToolPill(QWidget& view);

    /// In a few words; nothing to say and no option: it goes.
    void say(const QString& subject);
    /// Those of the tool that is in the hand now.
    void setOptions(const std::vector<tools::Option>& options);
    /// The number of the value that is chosen.
    void setChosen(const QString& option, int value);

Q_SIGNALS:
    /// The next value of it.
    void pressed(const QString& option);

private:
    void refresh();

    QHBoxLayout* m_row;
    QLabel* m_subject;
    std::vector<tools::Option> m_options;
    std::vector<QToolButton*> m_buttons;
    EdgeKeeper m_keeper;
};

} // namespace nunatak::ui::editing
