// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"
#include "outlines/outline_ref.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace nunatak::ui::review {

/// What was found of the selected glaciers, by whom and when, the note about them, and the verdicts. What is
/// written is a note as soon as the hand goes elsewhere, or is given with a verdict, in one step.
class VerdictBox : public QWidget {
    Q_OBJECT

public:
    explicit VerdictBox(QWidget* parent = nullptr);

    /// What is selected; `lock` says why nothing can be said of it, empty: it can. What somebody is writing
    /// stays, as long as the same are selected. `elsewhere` says that they are not of the layer that is
    /// listed; empty: they are.
    void show(const std::vector<outlines::OutlineRef>& refs,
              const std::vector<outlines::OutlineHandle>& outlines, const QString& lock,
              const QString& elsewhere);
    /// The keyboard goes to the note. False: nothing can be noted.
    bool write();
    /// What was written and is no note yet becomes one.
    void settle();

Q_SIGNALS:
    /// `note`: what is written, where that is no note yet.
    void verdictGiven(nunatak::outlines::Review review, const std::optional<std::string>& note);
    void noteWritten(const std::vector<nunatak::outlines::OutlineRef>& refs, const std::string& note);
    /// The keyboard is wanted here no more.
    void left();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isWritten() const;

    QLabel* m_found = nullptr;
    QPlainTextEdit* m_note = nullptr;
    std::vector<QPushButton*> m_verdicts;
    std::vector<outlines::OutlineRef> m_refs;
    QString m_stored; ///< the note that they have; empty: none, or different ones
};

} // namespace nunatak::ui::review
