// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editing/edge_keeper.h"
#include "ui/tools/tool_table.h"

#include <QFrame>
#include <QString>

#include <vector>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace nunatak::ui::editing {

/// What the tool in the hand works on, and what is chosen of it: slim, at the view's upper edge.
class ToolPill : public QFrame {
    Q_OBJECT

public:
    explicit ToolPill(QWidget& view);

    /// In a few words; nothing to say and no option: it goes.
    void say(const QString& subject);
    /// A line below all else: what the glacier in the hand would be. Nothing: it goes.
    void showAreas(const QString& areas);
    /// Those of the tool that is in the hand now.
    void setOptions(const std::vector<tools::Option>& options);
    /// The number of the value that is chosen.
    void setChosen(const QString& option, int value);
    /// Where choosing means nothing they are not shown.
    void setOptionsShown(bool shown);
    /// Where what is selected stands, to be pressed for another place; nothing: it goes.
    void showPlace(const QString& place, const QString& tip);
    /// A field in its stead, with this text. Enter says what is typed, Esc or the focus elsewhere ends it.
    void type(const QString& text);
    void endTyping();

Q_SIGNALS:
    /// The next value of it.
    void pressed(const QString& option);
    void typingWanted();
    void typed(const QString& text);
    void typingLeft();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refresh();
    /// What it says, in as many words as there is room for.
    void fit();
    /// Says it with at least so much of its subject, from 0 to 1; false where that is wider than the room.
    bool fits(int room, bool isShort, double subject);

    QHBoxLayout* m_row;
    QLabel* m_subject;
    QLabel* m_areas;
    QToolButton* m_place;
    QLineEdit* m_field;
    QString m_words;          ///< what it works on
    bool m_hasOptions = true; ///< that mean something
    std::vector<tools::Option> m_options;
    std::vector<QString> m_values; ///< that are chosen
    std::vector<QToolButton*> m_buttons;
    EdgeKeeper m_keeper;
};

} // namespace nunatak::ui::editing
