// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/layers/attribute_rows.h"

#include <QWidget>

#include <vector>

class QFormLayout;
class QLabel;
class QToolButton;

namespace nunatak::ui::layers {

/// Attributes, a row each, which can be filled in: Enter, or going elsewhere, says what was typed, Esc puts
/// back what there is.
class AttributeForm : public QWidget {
    Q_OBJECT

public:
    explicit AttributeForm(QWidget* parent = nullptr);

    /// In place of those before; fields that are there are used again. What is being typed into a field of
    /// the same outline (`key`) stays.
    void show(const AttributeRows& rows, bool isEditable, const QString& key);
    /// Why what was typed into an attribute is none; empty: nothing any more.
    void showProblem(const QString& name, const QString& sentence);
    /// What is shown of an attribute, by its title or name; empty where there is none.
    QString value(const QString& label) const;

Q_SIGNALS:
    void typed(const QString& name, const QString& text);
    /// Of a list of words that is not the same in all outlines.
    void wordsTyped(const QString& name, const QString& added, const QString& removed);
    void removeRequested(const QString& name);
    void addRequested();

private:
    struct Row {
        AttributeRow about;
        QLabel* title = nullptr;
        QWidget* field = nullptr; ///< what is filled in
        QLabel* problem = nullptr;
    };
    void build(std::vector<Row>& rows, QFormLayout& form, const std::vector<AttributeRow>& wanted);
    Row makeRow(QFormLayout& form, const AttributeRow& about);
    QWidget* makeField(const AttributeRow& about);
    void fill(Row& row, const AttributeRow& about, bool isOther);
    /// False: it was refused.
    bool finish(const QString& name, const QString& text);
    void showMenu(const QString& name, const QPoint& place);
    Row* find(const QString& name);

    QLabel* m_heading = nullptr;
    QLabel* m_othersHeading = nullptr;
    QFormLayout* m_form = nullptr;
    QFormLayout* m_othersForm = nullptr;
    QToolButton* m_add = nullptr;
    std::vector<Row> m_offered;
    std::vector<Row> m_others;
    QString m_key;
};

} // namespace nunatak::ui::layers
