// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/messages.h"

#include "ui/base/owned.h"

#include <QMessageBox>
#include <QPushButton>

namespace nunatak::ui {

namespace {

void show(QWidget* parent, QMessageBox::Icon icon, const char* name, const QString& title,
          const QString& text) {
    auto* box = owned<QMessageBox>(icon, title, text, QMessageBox::Ok, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QLatin1String(name));
    box->setTextFormat(Qt::PlainText);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse);
    box->open();
}

} // namespace

void showProblem(QWidget* parent, const QString& what, const QString& sentence) {
    show(parent, QMessageBox::Warning, "problem", what, sentence);
}

void showNote(QWidget* parent, const QString& title, const QString& sentences) {
    show(parent, QMessageBox::Information, "note", title, sentences);
}

void choose(QWidget* parent, const QString& question, const QString& details, std::vector<Choice> choices,
            const QString& noText) {
    auto* box = owned<QMessageBox>(QMessageBox::Question, QStringLiteral("Nunatak"), question,
                                   QMessageBox::NoButton, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("question"));
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(details);
    std::vector<QAbstractButton*> buttons;
    for (const auto& choice : choices) {
        buttons.push_back(box->addButton(choice.text, QMessageBox::AcceptRole));
    }
    auto* noButton = box->addButton(noText, QMessageBox::RejectRole);
    box->setDefaultButton(noButton);
    box->setEscapeButton(noButton);
    QObject::connect(box, &QMessageBox::buttonClicked, parent,
                     [buttons, choices = std::move(choices)](QAbstractButton* pressed) {
                         for (std::size_t i = 0; i < buttons.size(); ++i) {
                             if (buttons[i] == pressed) {
                                 choices[i].chosen();
                             }
                         }
                     });
    box->open();
}

QDialog* ask(QWidget* parent, const QString& question, const QString& details, const QString& yesText,
             const QString& noText, std::function<void()> yes, std::function<void()> no) {
    auto* box = owned<QMessageBox>(QMessageBox::Question, QStringLiteral("Nunatak"), question,
                                   QMessageBox::NoButton, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("question"));
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(details);
    auto* yesButton = box->addButton(yesText, QMessageBox::AcceptRole);
    auto* noButton = box->addButton(noText, QMessageBox::RejectRole);
    box->setDefaultButton(noButton);
    box->setEscapeButton(noButton);
    QObject::connect(box, &QMessageBox::buttonClicked, parent,
                     [yesButton, yes = std::move(yes), no = std::move(no)](QAbstractButton* pressed) {
                         const auto& answer = pressed == static_cast<QAbstractButton*>(yesButton) ? yes : no;
                         if (answer) {
                             answer();
                         }
                     });
    box->open();
    return box;
}

} // namespace nunatak::ui
