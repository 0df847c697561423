// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <QWidget>

#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QToolButton;

namespace nunatak::ui::session {

/// When a step was made, and by whom: "10:12:33 · A. Nalyst"; of what another program did "before 10:12:33".
QString whenText(const project::HistoryStep& step);

/// What was done to the project, newest first, with when and by whom; steps that were taken back are pale. A
/// click flies to what a step changed. Each new step adds a row, whatever there was before.
class HistoryPanel : public QWidget {
    Q_OBJECT

public:
    explicit HistoryPanel(QWidget* parent = nullptr);

    /// What came with merges, which these say when the pointer rests on them; told before the steps are.
    void setMerged(const std::vector<project::MergedStep>& steps);
    void setHistory(const std::vector<project::HistoryStep>& steps);
    void add(const project::HistoryStep& step);
    /// Only these are shown; none: all.
    void setOnly(const std::optional<std::set<std::int64_t>>& steps);
    /// The filter by glacier makes sense now, and whether that glacier can be put back.
    void setGlacierSelected(bool selected, bool isEditable);
    /// Whether steps can be taken back.
    void setWritable(bool writable);

Q_SIGNALS:
    void stepActivated(std::int64_t step);
    /// All that was done after this step is to be taken back.
    void goBackRequested(std::int64_t step);
    /// The selected glacier is to be as it was.
    void revertRequested();
    /// Only steps of the selected glacier, or all again.
    void glacierFilterToggled(bool only);

protected:
    void changeEvent(QEvent* event) override;

private:
    QListWidgetItem* makeItem(const project::HistoryStep& step) const;
    void setTakenBack(std::int64_t step, bool takenBack);
    void filter();
    void paintItem(QListWidgetItem& item) const;
    void showMenu(const QPoint& position);
    void updateButtons();
    /// Null: none, or it is not shown.
    const QListWidgetItem* chosen() const;
    /// Whether anything that was done after this step is in effect.
    bool hasEffectAfter(const QListWidgetItem& step) const;

    QLineEdit* m_search = nullptr;
    QToolButton* m_glacier = nullptr;
    QListWidget* m_list = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_revert = nullptr;
    struct Row {
        QListWidgetItem* item = nullptr; ///< null: too old for the list
        std::int64_t undoes = 0;
        bool isTakenBack = false;
    };
    std::unordered_map<std::int64_t, Row> m_rows;
    std::unordered_map<std::int64_t, QString> m_merged; ///< by the merge: what came with it
    std::optional<std::set<std::int64_t>> m_only;
    bool m_isWritable = false;
};

} // namespace nunatak::ui::session
