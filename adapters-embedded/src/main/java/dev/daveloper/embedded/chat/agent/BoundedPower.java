package dev.daveloper.embedded.chat.agent;

import com.ezylang.evalex.EvaluationException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.operators.AbstractOperator;
import com.ezylang.evalex.operators.InfixOperator;
import com.ezylang.evalex.operators.OperatorIfc;
import com.ezylang.evalex.parser.Token;
import java.math.BigDecimal;
import java.math.MathContext;

/** A power whose cost is bounded: the library's own computes {@code 9^9^9} digit by digit, for minutes. */
@InfixOperator(precedence = OperatorIfc.OPERATOR_PRECEDENCE_POWER, leftAssociative = false)
final class BoundedPower extends AbstractOperator {
    private static final BigDecimal MAX_EXPONENT = BigDecimal.valueOf(9_999);
    private static final int MAX_MAGNITUDE_DIGITS = 10_000;

    @Override
    public EvaluationValue evaluate(Expression expression, Token operator, EvaluationValue... operands)
            throws EvaluationException {
        BigDecimal exponent = operands[1].getNumberValue();
        if (exponent.abs().compareTo(MAX_EXPONENT) > 0) {
            throw new EvaluationException(operator, "an exponent beyond " + MAX_EXPONENT);
        }
        BigDecimal power = power(operands[0].getNumberValue(), exponent.stripTrailingZeros());
        if (Math.abs((long) power.precision() - power.scale()) > MAX_MAGNITUDE_DIGITS) {
            throw new EvaluationException(operator, "a power of more than " + MAX_MAGNITUDE_DIGITS + " digits");
        }
        return EvaluationValue.numberValue(power);
    }

    private static BigDecimal power(BigDecimal base, BigDecimal exponent) {
        if (exponent.scale() > 0) {
            double power = Math.pow(base.doubleValue(), exponent.doubleValue());
            if (!Double.isFinite(power)) {
                throw new ArithmeticException("no such power");
            }
            return new BigDecimal(power, MathContext.DECIMAL64);
        }
        MathContext precision = MathContext.DECIMAL128;
        BigDecimal power = base.pow(Math.abs(exponent.intValueExact()), precision);
        return exponent.signum() < 0 ? BigDecimal.ONE.divide(power, precision) : power;
    }
}
