// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/attribute_fields.h"

#include "ui/base/owned.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QWheelEvent>

#include <utility>

namespace nunatak::ui::layers {

namespace {

using Said = std::function<bool(const QString&)>;

class Line : public QLineEdit {
public:
    explicit Line(Said said) : m_said(std::move(said)) {
        connect(this, &QLineEdit::editingFinished, this, [this] {
            if (isModified()) {
                setModified(false);
                m_isRefused = !m_said(text());
            }
        });
    }
    void fill(const AttributeRow& row) {
        m_there = row.value;
        m_isRefused = false;
        setText(row.value); // no longer modified
        setCursorPosition(0);
        setPlaceholderText(row.instead);
    }

protected:
    void keyPressEvent(QKeyEvent* event) override {
        if (event->key() == Qt::Key_Escape && isModified()) {
            setText(m_there);
            selectAll();
            return;
        }
        QLineEdit::keyPressEvent(event);
        const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        if (isReturn && !m_isRefused) {
            clearFocus();
        }
        event->setAccepted(event->isAccepted() || isReturn);
    }

private:
    Said m_said;
    QString m_there;
    bool m_isRefused = false;
};

class Lines : public QPlainTextEdit {
public:
    explicit Lines(Said said) : m_said(std::move(said)) {
        constexpr int lines = 3;
        setTabChangesFocus(true);
        setFixedHeight(lines * fontMetrics().lineSpacing() + 12);
    }
    void fill(const AttributeRow& row) {
        m_there = row.value;
        setPlainText(row.value);
        document()->setModified(false);
        setPlaceholderText(row.instead);
    }

protected:
    void keyPressEvent(QKeyEvent* event) override {
        const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        if (event->key() == Qt::Key_Escape && document()->isModified()) {
            setPlainText(m_there);
            document()->setModified(false);
        } else if (isReturn && event->modifiers().testFlag(Qt::ControlModifier)) {
            say();
            clearFocus();
        } else {
            QPlainTextEdit::keyPressEvent(event);
        }
    }
    void focusOutEvent(QFocusEvent* event) override {
        QPlainTextEdit::focusOutEvent(event);
        say();
    }

private:
    void say() {
        if (document()->isModified()) {
            document()->setModified(false);
            m_said(toPlainText());
        }
    }
    Said m_said;
    QString m_there;
};

class Choices : public QComboBox {
public:
    explicit Choices(Said said) {
        setFocusPolicy(Qt::StrongFocus); // not by the wheel
        setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        setMinimumContentsLength(8);
        connect(this, &QComboBox::activated, this, [this, said = std::move(said)] {
            said(currentData().toString());
            clearFocus();
        });
    }
    void fill(const AttributeRow& row) {
        if (row.choices != m_choices) {
            m_choices = row.choices;
            clear();
            for (const auto& choice : m_choices) {
                addItem(choice.meaning, choice.code);
            }
        }
        setPlaceholderText(row.instead);
        setCurrentIndex(row.isMixed ? -1 : findData(row.value));
    }

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
    void keyPressEvent(QKeyEvent* event) override {
        for (const auto key : {Qt::Key_Down, Qt::Key_Up, Qt::Key_Space, Qt::Key_Return, Qt::Key_Enter}) {
            if (event->key() == key) {
                showPopup();
                return;
            }
        }
        event->ignore();
    }

private:
    std::vector<AttributeRow::Choice> m_choices;
};

} // namespace

QWidget* makeAttributeField(AttributeRow::Kind kind, std::function<bool(const QString&)> said) {
    switch (kind) {
    case AttributeRow::Kind::Choice:
        return owned<Choices>(std::move(said));
    case AttributeRow::Kind::Lines:
        return owned<Lines>(std::move(said));
    case AttributeRow::Kind::Line:
        break;
    }
    return owned<Line>(std::move(said));
}

void fillAttributeField(QWidget& field, const AttributeRow& row) {
    if (auto* line = dynamic_cast<Line*>(&field)) {
        line->fill(row);
    } else if (auto* lines = dynamic_cast<Lines*>(&field)) {
        lines->fill(row);
    } else if (auto* choices = dynamic_cast<Choices*>(&field)) {
        choices->fill(row);
    }
}

bool isBeingTyped(const QWidget& field) {
    if (const auto* line = qobject_cast<const QLineEdit*>(&field)) {
        return line->hasFocus() && line->isModified();
    }
    const auto* lines = qobject_cast<const QPlainTextEdit*>(&field);
    return lines != nullptr && lines->hasFocus() && lines->document()->isModified();
}

} // namespace nunatak::ui::layers
