// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <vector>

class QDialog;
class QWidget;

// Dialogs that say or ask one thing. They return at once; the answer comes later.
namespace nunatak::ui {

/// `what` was tried; `sentence` says why it failed and what to do.
void showProblem(QWidget* parent, const QString& what, const QString& sentence);
/// Something worth knowing that is no problem.
void showNote(QWidget* parent, const QString& title, const QString& sentences);
/// Asks; `yes` is called when the button of that text is pressed. The dialog deletes itself; who finds that
/// the question has become pointless closes it with done(), which answers nothing.
QDialog* ask(QWidget* parent, const QString& question, const QString& details, const QString& yesText,
             const QString& noText, std::function<void()> yes, std::function<void()> no = {});
/// The same with several ways to go on, the first of them the usual one.
struct Choice {
    QString text;
    std::function<void()> chosen;
};
void choose(QWidget* parent, const QString& question, const QString& details, std::vector<Choice> choices,
            const QString& noText);

} // namespace nunatak::ui
