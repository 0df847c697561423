// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/verdict_box.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/base/review_text.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace nunatak::ui::review {

using outlines::Review;

namespace {

/// "accepted by A. Meier, 30 Nov 2026 10:45; changed since".
QString foundText(const outlines::Outline& outline) {
    const auto& record = outline.reviewRecord;
    QString said = reviewText(outline.review);
    said[0] = said[0].toUpper();
    const QString reviewer = reviewerText(record);
    if (outline.review == Review::NotReviewed) {
        return reviewer.isEmpty() ? said : VerdictBox::tr("%1; noted on by %2").arg(said, reviewer);
    }
    if (!reviewer.isEmpty()) {
        said = VerdictBox::tr("%1 by %2").arg(said, reviewer);
    }
    return record.isOutdated ? VerdictBox::tr("%1; its line was changed after that").arg(said) : said;
}

} // namespace

VerdictBox::VerdictBox(QWidget* parent) : QWidget(parent) {
    m_found = owned<QLabel>();
    m_found->setObjectName(QStringLiteral("reviewFound"));
    m_found->setWordWrap(true);
    m_found->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note = owned<QPlainTextEdit>();
    m_note->setObjectName(QStringLiteral("reviewNote"));
    m_note->setPlaceholderText(tr("Note"));
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(2 * m_note->fontMetrics().lineSpacing() + 12);
    m_note->setToolTip(
        tr("What is to be said of the selected glaciers (Shift+D). Enter keeps it, Shift and Enter begins a "
           "line, Esc leaves it as it was; it is kept with a verdict, too"));
    m_note->installEventFilter(this);
    auto* buttons = owned<QHBoxLayout>();
    buttons->setSpacing(4);
    for (const auto& [review, name, icon, words, tip] :
         {std::tuple{Review::Accepted, "reviewAccept", "dialog-ok-apply", tr("Accept"),
                     tr("Say that they are right, with what is written above (A)")},
          std::tuple{Review::Doubtful, "reviewDoubt", "question", tr("Doubtful"),
                     tr("Say that they are to be looked at again, with what is written above (D)")},
          std::tuple{Review::Removed, "reviewRemove", "dialog-cancel", tr("Not a glacier"),
                     tr("Say that they are no glaciers, with what is written above (X)")}}) {
        auto* button = owned<QPushButton>(QIcon::fromTheme(QLatin1String(icon)), words);
        button->setObjectName(QLatin1String(name));
        button->setToolTip(tip);
        button->setFocusPolicy(Qt::NoFocus); // or the note would be one before it is given with the verdict
        button->setMinimumWidth(40);
        connect(button, &QPushButton::clicked, this, [this, review = review] {
            const auto note =
                isWritten() ? std::optional(m_note->toPlainText().trimmed().toStdString()) : std::nullopt;
            Q_EMIT verdictGiven(review, note);
            if (m_note->hasFocus() && !isWritten()) { // what was not taken stays to be said
                Q_EMIT left();
            }
        });
        m_verdicts.push_back(button);
        buttons->addWidget(button, button->sizeHint().width()); // none is cut before another
    }
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_found);
    layout->addWidget(m_note);
    layout->addLayout(buttons);
    show({}, {}, {}, {});
}

bool VerdictBox::isWritten() const {
    return m_note->isEnabled() && m_note->toPlainText().trimmed() != m_stored.trimmed();
}

void VerdictBox::show(const std::vector<outlines::OutlineRef>& refs,
                      const std::vector<outlines::OutlineHandle>& outlines, const QString& lock,
                      const QString& elsewhere) {
    if (refs != m_refs) {
        settle();
    }
    const bool isNow = refs == m_refs && isWritten(); // somebody writes
    m_refs = refs;
    const bool isAny = !outlines.empty();
    const auto noteOf = [](const auto& outline) { return text(outline->reviewRecord.note); };
    const QString note = isAny ? noteOf(outlines.front()) : QString();
    const bool isSame = std::all_of(outlines.begin(), outlines.end(),
                                    [&](const auto& outline) { return noteOf(outline) == note; });
    m_stored = isSame ? note : QString();
    if (!isNow) {
        m_note->setPlainText(m_stored);
    }
    m_note->setPlaceholderText(isSame ? tr("Note (Shift+D)")
                                      : tr("Different notes; what you write replaces them"));
    const QString found = !isAny            ? tr("Nothing is selected.")
                          : !lock.isEmpty() ? lock
                          : outlines.size() == 1
                              ? foundText(*outlines.front())
                              : tr("%1 glaciers are selected; what you say is said of all.")
                                    .arg(QLocale().toString(static_cast<qulonglong>(outlines.size())));
    m_found->setText(elsewhere.isEmpty() ? found : elsewhere + QLatin1Char('\n') + found);
    m_note->setEnabled(isAny && lock.isEmpty());
    for (auto* button : m_verdicts) {
        button->setEnabled(isAny && lock.isEmpty());
    }
}

bool VerdictBox::write() {
    if (!m_note->isEnabled()) {
        return false;
    }
    m_note->setFocus(Qt::ShortcutFocusReason);
    m_note->moveCursor(QTextCursor::End);
    return true;
}

void VerdictBox::settle() {
    if (!isWritten() || m_refs.empty()) {
        return;
    }
    const auto note = m_note->toPlainText().trimmed();
    m_stored = note; // told once
    Q_EMIT noteWritten(m_refs, note.toStdString());
}

bool VerdictBox::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_note) {
        return QWidget::eventFilter(watched, event);
    }
    if (event->type() == QEvent::FocusOut &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason) {
        settle();
    }
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept(); // it is the note's here, not the tool's
        return true;
    }
    if (event->type() == QEvent::KeyPress) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        if (key.key() == Qt::Key_Escape) {
            m_note->setPlainText(m_stored);
            Q_EMIT left();
            return true;
        }
        if ((key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) &&
            key.modifiers() != Qt::ShiftModifier) {
            settle();
            Q_EMIT left();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace nunatak::ui::review
